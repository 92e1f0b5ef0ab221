import { and, desc, eq } from 'drizzle-orm';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { approvals, threads } from '#lib/db/schema.ts';

/** Approvals that wait for an answer, oldest first, with the title of their thread. */
export async function listApprovals(context: Context) {
  const person = requirePerson(context.actor);
  const rows = await context.database.db
    .select({ approval: approvals, threadTitle: threads.title })
    .from(approvals)
    .innerJoin(threads, eq(threads.id, approvals.threadId))
    .where(and(eq(approvals.workspaceId, person.workspaceId), eq(approvals.status, 'open')))
    .orderBy(desc(approvals.requestedAt))
    .limit(200);
  return rows.reverse().map(({ approval, threadTitle }) => ({
    approvalId: approval.id,
    threadId: approval.threadId,
    threadTitle,
    runId: approval.runId,
    kind: approval.kind,
    reason: approval.reason,
    action: approval.action,
    requestedAt: approval.requestedAt.toISOString(),
  }));
}
