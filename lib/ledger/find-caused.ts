import type { EventType } from '#lib/core/event.ts';
import type { Database } from '#lib/db/connect-database.ts';

/** The events that one request of a person caused (`Person.cause`), oldest first: when there are any, it took effect before. */
export async function findCaused({ sql }: Database, cause: string): Promise<{ type: EventType; threadId: string }[]> {
  const rows = await sql<{ type: EventType; thread_id: string }[]>`
    select type, thread_id from events where parent_event_id = ${cause} order by position limit 100`;
  return rows.map(({ type, thread_id }) => ({ type, threadId: thread_id }));
}
