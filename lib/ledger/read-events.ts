import type { Row } from 'postgres';
import type { LedgerEvent } from '#lib/core/event.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { type EventFilter, filterConditions } from './event-filter.ts';

/** `after` and `before` are exclusive; with `before` and `limit` alone, the newest events before it. `seqs`: only these. */
export type EventRange = EventFilter & { after?: number; before?: number; limit?: number; seqs?: number[] };

const batchSize = 2_000;

/** Events of a thread in order of `seq`, in batches. */
export async function* readEvents({ sql }: Database, threadId: string, range: EventRange = {}): AsyncGenerator<LedgerEvent[]> {
  const { before = 2_147_483_647, limit: wanted = Number.POSITIVE_INFINITY } = range;
  let remaining = wanted;
  let after = range.after ?? 0;
  const newest = range.before !== undefined && range.after === undefined && range.limit !== undefined;
  while (remaining > 0) {
    const limit = Math.min(batchSize, remaining);
    const rows = await sql`
      select * from (
        select position, thread_id, seq, id, at, type, actor, agent_id, user_id, via, run_id, parent_event_id, data from events
        where ${filterConditions(sql, threadId, range)} and seq > ${after} and seq < ${before}
          ${range.seqs ? sql`and seq = any(${range.seqs}::int[])` : sql``}
        order by seq ${newest ? sql`desc` : sql`asc`} limit ${limit}
      ) page order by seq`;
    if (rows.length > 0) yield rows.map(toEvent);
    if (newest || rows.length < limit) return;
    remaining -= rows.length;
    after = Number(rows.at(-1)?.seq);
  }
}

/** A stored row in the shape of the wire: absent instead of null, an ISO instant instead of a date. */
export function toEvent(row: Row): LedgerEvent {
  const event: Record<string, unknown> = {
    position: Number(row.position),
    threadId: row.thread_id,
    seq: row.seq,
    id: row.id,
    at: (row.at as Date).toISOString(),
    type: row.type,
    actor: row.actor,
    data: row.data,
  };
  if (row.agent_id) event.agentId = row.agent_id;
  if (row.user_id) event.userId = row.user_id;
  if (row.via) event.via = row.via;
  if (row.run_id) event.runId = row.run_id;
  if (row.parent_event_id) event.parentEventId = row.parent_event_id;
  return event as LedgerEvent;
}
