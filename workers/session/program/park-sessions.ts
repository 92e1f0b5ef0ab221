import { lockThread } from '#lib/threads/lock-thread.ts';
import type { Worker } from '#workers/run/run-context.ts';

/** A person who has not answered by now may take days: the program is ended, and started again with its conversation for the answer. */
export const parkAfterMs = 10 * 60_000;
const atOnce = 50;
/** An agent that asks its model again and again whether a person has answered (Codex does so over a call of a server) writes nothing else. */
const latestEvents = 4;

/** Ends the programs of runs that have waited longer than that, or that pay for waiting. What they changed stays in their overlays. Returns how many. */
export async function parkSessions(
  worker: Pick<Worker, 'database' | 'ledger' | 'sandbox'>,
  afterMs: number = parkAfterMs,
): Promise<number> {
  const rows = await worker.database.sql<{ thread_id: string; is_late: boolean }[]>`
    select thread_id, is_late from runs,
      lateral (select updated_at <= now() - make_interval(secs => ${afterMs / 1000}) as is_late) as patience,
      lateral (
        select count(*) = ${latestEvents} and bool_and(type in ('model.called', 'message.posted')) as only_asks
        from (select type from events where events.thread_id = runs.thread_id order by seq desc limit ${latestEvents}) as latest
      ) as talk
    where status = 'waiting' and (is_late or only_asks) and (
      select type from events
      where events.thread_id = runs.thread_id and events.run_id = runs.id and type in ('session.started', 'session.ended')
      order by seq desc limit 1
    ) = 'session.started'
    limit ${atOnce}`;
  let parked = 0;
  for (const row of rows) if (await park(worker, row.thread_id, row.is_late)) parked += 1;
  return parked;
}

async function park(
  { database, ledger, sandbox }: Pick<Worker, 'database' | 'ledger' | 'sandbox'>,
  threadId: string,
  isLate: boolean,
): Promise<boolean> {
  const lock = await lockThread(database, threadId, 1);
  if (!lock) return false;
  try {
    const { run } = await ledger.load(threadId);
    if (run?.status !== 'waiting' || !run.session || run.session.ended) return false;
    if (!isLate && run.calls.some(({ status }) => status === 'running')) return false;
    await sandbox.stop(threadId);
    const { sessionId } = run.session;
    const parked = { type: 'end-session' as const, runId: run.runId, sessionId, reason: 'parked' as const, detail: '' };
    return (await ledger.command(threadId, { actor: 'choir', take: run.take }, [parked])).ok;
  } finally {
    await lock.release();
  }
}
