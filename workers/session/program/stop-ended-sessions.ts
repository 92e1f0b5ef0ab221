import { publishStopped } from '#lib/bus/stopped-runs.ts';
import { isActive } from '#lib/core/state.ts';
import { lockThread } from '#lib/threads/lock-thread.ts';
import { recoverTransactions } from '#workers/run/recover-transactions.ts';
import type { Worker } from '#workers/run/run-context.ts';

const lookBackHours = 24;

type Part = Pick<Worker, 'database' | 'bus' | 'ledger' | 'home' | 'sandbox'>;

/**
 * Ends programs whose run ended while no worker was there to end them, and settles what they left. A run that ends in a worker's hands leaves
 * nothing open, so there is nothing to find. Returns how many.
 */
export async function stopEndedSessions(worker: Part): Promise<number> {
  const rows = await worker.database.sql<{ thread_id: string }[]>`
    select distinct thread_id from runs
    where status in ('completed', 'failed', 'cancelled') and updated_at > now() - make_interval(hours => ${lookBackHours}) and (
      select type from events
      where events.thread_id = runs.thread_id and events.run_id = runs.id and type in ('session.started', 'session.ended')
      order by seq desc limit 1
    ) = 'session.started'`;
  let stopped = 0;
  for (const row of rows)
    if ((await worker.sandbox.open(row.thread_id)).length > 0 && (await stopEnded(worker, row.thread_id))) stopped += 1;
  return stopped;
}

async function stopEnded(worker: Part, threadId: string): Promise<boolean> {
  const lock = await lockThread(worker.database, threadId, 1);
  if (!lock) return false;
  try {
    const { run } = await worker.ledger.load(threadId);
    if (!run || isActive(run)) return false;
    await worker.sandbox.stop(threadId);
    await recoverTransactions({ ...worker, threadId });
    publishStopped(worker.bus, run.runId);
    return true;
  } finally {
    await lock.release();
  }
}
