import type { ThreadState } from '#lib/core/state.ts';
import type { GraphBranch, ThreadGraph } from '#lib/core/thread-graph.ts';
import type { Database } from '#lib/db/connect-database.ts';

/**
 * Other threads of the project whose first commit is one that this thread made in a stretch of its ledger, newest first. Those that began
 * where this thread did are its siblings and no branches of it.
 */
export async function readBranches(
  sql: Database['sql'],
  { threadId, projectId }: ThreadState,
  { from, before }: { from: number; before: number },
): Promise<GraphBranch[]> {
  const rows = await sql`
    select distinct on (other.id) other.id, other.title, other.created_at, other.run_status, other.run_extent, own.id as checkpoint_id,
      (select count(*)::int - 1 from checkpoints where thread_id = other.id) as checkpoints
    from threads other
    join checkpoints base on base.thread_id = other.id and base.number = 0
    join checkpoints own on own.thread_id = ${threadId} and own.commit = base.commit and own.number > 0 and own.seq >= ${from} and own.seq < ${before}
    where other.project_id = ${projectId} and other.id <> ${threadId}
      and not exists (select 1 from checkpoints first where first.thread_id = ${threadId} and first.number = 0 and first.commit = base.commit)
    order by other.id, own.number`;
  return rows
    .map((row) => ({
      threadId: row.id,
      title: row.title,
      checkpointId: row.checkpoint_id,
      at: row.created_at.toISOString(),
      checkpoints: row.checkpoints,
      runStatus: row.run_status,
      runExtent: row.run_extent,
    }))
    .sort((left, right) => right.at.localeCompare(left.at));
}

/** The thread and the checkpoint of it that this thread's first commit is, if another thread made it. */
export async function readOrigin(sql: Database['sql'], { threadId, projectId }: ThreadState): Promise<ThreadGraph['origin']> {
  const [row] = await sql`
    select other.id, other.title, made.number from checkpoints base
    join checkpoints made on made.commit = base.commit and made.number > 0 and made.thread_id <> base.thread_id
    join threads other on other.id = made.thread_id and other.project_id = ${projectId}
    where base.thread_id = ${threadId} and base.number = 0 order by made.at limit 1`;
  return row ? { threadId: row.id, title: row.title, number: row.number } : null;
}
