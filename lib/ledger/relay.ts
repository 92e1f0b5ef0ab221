import type { Bus } from '#lib/bus/connect-bus.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { toEvent } from './read-events.ts';

const graceMs = 2_000;
const batchSize = 500;

/** Publishes what a crash or a broken connection left in the outbox. Returns how many events it sent; many relays may sweep at once. */
export async function sweepOutbox({ database, bus }: { database: Database; bus: Bus }, grace = graceMs): Promise<number> {
  const rows = await database.sql`
    select events.*, threads.workspace_id from outbox
    join events using (position) join threads on threads.id = events.thread_id
    where outbox.at < now() - make_interval(secs => ${grace / 1000}) order by position limit ${batchSize}`;
  for (const row of rows) await bus.publishEvent(row.workspace_id, toEvent(row));
  if (rows.length > 0) await database.sql`delete from outbox where position = any(${rows.map((row) => Number(row.position))}::bigint[])`;
  return rows.length;
}
