import type { Database } from '#lib/db/connect-database.ts';
import { type EventFilter, filterConditions } from './event-filter.ts';

/** The `seq` of every event after `after` that a filter lets through, in order. 100,000 events take 0.4 s by text, a tenth of that by anything else. */
export async function listSeqs(
  { sql }: Database,
  threadId: string,
  { after = 0, ...filter }: EventFilter & { after?: number },
): Promise<number[]> {
  const rows = await sql<{ seq: number }[]>`
    select seq from events where ${filterConditions(sql, threadId, filter)} and seq > ${after} order by seq`;
  return rows.map(({ seq }) => seq);
}
