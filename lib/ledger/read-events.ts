import type { Row } from 'postgres';
import type { EventType, LedgerEvent } from '#lib/core/event.ts';
import type { Database } from '#lib/db/connect-database.ts';

export type EventFilter = {
  after?: number;
  before?: number;
  limit?: number;
  type?: EventType;
  types?: readonly EventType[];
  agent?: string;
  file?: string;
};

const batchSize = 2_000;

/** Events of a thread in order of `seq`, in batches: `after` and `before` are exclusive; with `before` alone, the newest ones before it. */
export async function* readEvents({ sql }: Database, threadId: string, filter: EventFilter = {}): AsyncGenerator<LedgerEvent[]> {
  const { before = 2_147_483_647, type = null, types = null, agent = null, file = null } = filter;
  let remaining = filter.limit ?? Number.POSITIVE_INFINITY;
  let after = filter.after ?? 0;
  const newest = filter.before !== undefined && filter.after === undefined && filter.limit !== undefined;
  while (remaining > 0) {
    const limit = Math.min(batchSize, remaining);
    const rows = await sql`
      select * from (
        select position, thread_id, seq, id, at, type, actor, agent_id, user_id, via, run_id, parent_event_id, data from events
        where thread_id = ${threadId} and seq > ${after} and seq < ${before}
          and (${type}::text is null or type = ${type})
          and (${types}::text[] is null or type = any(${types}::text[]))
          and (${agent}::text is null or agent_id = ${agent})
          and (${file}::text is null
            or data->'call'->'args'->>'path' = ${file}
            or data->'changes'->'files' @> jsonb_build_array(jsonb_build_object('path', ${file}::text)))
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
