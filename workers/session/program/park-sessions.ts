import { lockThread } from '#lib/threads/lock-thread.ts';
import type { Worker } from '#workers/run/run-context.ts';

/** A person who has not answered by now may take days: the program is ended, and started again with its conversation for the answer. */
export const parkAfterMs = 10 * 60_000;
const atOnce = 50;

/** Ends the programs of runs that have waited longer than that. What they changed stays in their overlays. Returns how many. */
export async function parkSessions(
  worker: Pick<Worker, 'database' | 'ledger' | 'sandbox'>,
  afterMs: number = parkAfterMs,
): Promise<number> {
  const rows = await worker.database.sql<{ thread_id: string }[]>`
    select thread_id from runs
    where status = 'waiting' and updated_at <= now() - make_interval(secs => ${afterMs / 1000}) and (
      select type from events
      where events.thread_id = runs.thread_id and events.run_id = runs.id and type in ('session.started', 'session.ended')
      order by seq desc limit 1
    ) = 'session.started'
    limit ${atOnce}`;
  let parked = 0;
  for (const row of rows) if (await park(worker, row.thread_id)) parked += 1;
  return parked;
}

async function park({ database, ledger, sandbox }: Pick<Worker, 'database' | 'ledger' | 'sandbox'>, threadId: string): Promise<boolean> {
  const lock = await lockThread(database, threadId, 1);
  if (!lock) return false;
  try {
    const { run } = await ledger.load(threadId);
    if (run?.status !== 'waiting' || !run.session || run.session.ended) return false;
    await sandbox.stop(threadId);
    const { sessionId } = run.session;
    const parked = { type: 'end-session' as const, runId: run.runId, sessionId, reason: 'parked' as const, detail: '' };
    return (await ledger.command(threadId, { actor: 'choir', take: run.take }, [parked])).ok;
  } finally {
    await lock.release();
  }
}
