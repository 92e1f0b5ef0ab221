import { and, desc, eq, not, sql } from 'drizzle-orm';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { projects, threadMarks, threads } from '#lib/db/schema.ts';

export type ThreadRow = Awaited<ReturnType<typeof listThreads>>[number];

/**
 * Threads of the person's workspace, those that wait for an answer first, then the newest. `updatedAt` is an ISO instant; `unread`: something happened
 * that this person has not seen. Those that they archived (`markThread`) come only with `archived`, and then alone.
 */
export async function listThreads(
  context: Context,
  { limit = 200, projectId, archived = false }: { limit?: number; projectId?: string; archived?: boolean } = {},
) {
  const person = requirePerson(context.actor);
  const rows = await context.database.db
    .select({
      id: threads.id,
      title: threads.title,
      projectId: threads.projectId,
      projectName: projects.name,
      runStatus: threads.runStatus,
      runExtent: threads.runExtent,
      agent: threads.agent,
      openApprovals: threads.openApprovals,
      lastLine: threads.lastLine,
      seq: threads.seq,
      updatedAt: threads.updatedAt,
      unread: sql<boolean>`${threads.seq} > coalesce(${threadMarks.readSeq}, 0)`,
    })
    .from(threads)
    .innerJoin(projects, eq(projects.id, threads.projectId))
    .leftJoin(threadMarks, and(eq(threadMarks.threadId, threads.id), eq(threadMarks.userId, person.userId)))
    .where(
      and(
        eq(threads.workspaceId, person.workspaceId),
        projectId ? eq(threads.projectId, projectId) : undefined,
        archived ? isArchived : not(isArchived),
      ),
    )
    .orderBy(sql`(${threads.openApprovals} > 0) desc`, desc(threads.updatedAt))
    .limit(limit);
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
}

const isArchived = sql<boolean>`coalesce(${threadMarks.archivedSeq}, 0) >= ${threads.seq}`;
