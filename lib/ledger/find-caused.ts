import type { EventType } from '#lib/core/event.ts';
import type { Database } from '#lib/db/connect-database.ts';

export type Caused = { type: EventType; threadId: string; seq: number; runId: string | null };

/** The events that one request of a person caused (`Person.cause`), oldest first: when there are any, it took effect before. */
export async function findCaused({ sql }: Database, cause: string): Promise<Caused[]> {
  return sql<Caused[]>`
    select type, thread_id as "threadId", seq, run_id as "runId" from events where parent_event_id = ${cause} order by position limit 100`;
}
