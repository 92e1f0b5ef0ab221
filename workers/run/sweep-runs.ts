import { countWaitingJobs } from '#lib/bus/worker-presence.ts';
import type { Services } from '#lib/context.ts';

const graceMs = 3_000;

/**
 * Asks again for runs that nobody works on: their worker died, or NATS lost the job. Returns how many. Asks for none while jobs wait already: busy
 * workers take no more of them by being asked every three seconds, and the queue would grow without end.
 */
export async function sweepRuns({ database, bus }: Services): Promise<number> {
  const rows = await database.sql<{ id: string; thread_id: string; free: boolean }[]>`
    select id, thread_id, pg_try_advisory_xact_lock(hashtextextended(thread_id, 0)) as free from runs
    where status in ('queued', 'running') and updated_at < now() - make_interval(secs => ${graceMs / 1000}) limit 500`;
  const free = rows.filter((row) => row.free);
  if (free.length === 0 || (await countWaitingJobs(bus)) > 0) return 0;
  for (const row of free)
    await bus.enqueue({ threadId: row.thread_id, runId: row.id, key: `${row.id}:${Math.floor(Date.now() / graceMs)}` });
  return free.length;
}
