import { and, desc, eq, sql } from 'drizzle-orm';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { projects, threads } from '#lib/db/schema.ts';

export type ThreadRow = Awaited<ReturnType<typeof listThreads>>[number];

/** Threads of the person's workspace, those that wait for an answer first, then the newest. `updatedAt` is an ISO instant. */
export async function listThreads(context: Context, { limit = 200, projectId }: { limit?: number; projectId?: string } = {}) {
  const person = requirePerson(context.actor);
  const rows = await context.database.db
    .select({
      id: threads.id,
      title: threads.title,
      projectId: threads.projectId,
      projectName: projects.name,
      runStatus: threads.runStatus,
      agent: threads.agent,
      openApprovals: threads.openApprovals,
      lastLine: threads.lastLine,
      seq: threads.seq,
      updatedAt: threads.updatedAt,
    })
    .from(threads)
    .innerJoin(projects, eq(projects.id, threads.projectId))
    .where(and(eq(threads.workspaceId, person.workspaceId), projectId ? eq(threads.projectId, projectId) : undefined))
    .orderBy(sql`(${threads.openApprovals} > 0) desc`, desc(threads.updatedAt))
    .limit(limit);
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
}
