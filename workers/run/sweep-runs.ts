import type { Services } from '#lib/context.ts';

const graceMs = 3_000;

/** Asks again for runs that nobody works on: their worker died, or NATS lost the job. Returns how many. */
export async function sweepRuns({ database, bus }: Services): Promise<number> {
  const rows = await database.sql<{ id: string; thread_id: string; free: boolean }[]>`
    select id, thread_id, pg_try_advisory_xact_lock(hashtextextended(thread_id, 0)) as free from runs
    where status in ('queued', 'running') and updated_at < now() - make_interval(secs => ${graceMs / 1000}) limit 500`;
  const free = rows.filter((row) => row.free);
  for (const row of free)
    await bus.enqueue({ threadId: row.thread_id, runId: row.id, key: `${row.id}:${Math.floor(Date.now() / graceMs)}` });
  return free.length;
}
