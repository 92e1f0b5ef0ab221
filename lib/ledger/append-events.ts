import type { TransactionSql } from 'postgres';
import type { LedgerEvent, NewEvent } from '#lib/core/event.ts';
import { fold } from '#lib/core/fold.ts';
import type { ThreadState } from '#lib/core/state.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { projectEvent, threadRow, touchesQueryRows } from './query-rows.ts';

export type Appended = { ok: true; positions: number[] } | { ok: false };

/**
 * Writes events behind `before.seq` with the query rows that follow from them, in one transaction; `after` is the state with them folded in.
 * Not ok when somebody else wrote first: read, decide again. One statement, so one round trip, when no query row but the thread's changes.
 */
export async function appendEvents({ sql }: Database, before: ThreadState, after: ThreadState, events: NewEvent[]): Promise<Appended> {
  if (!events.some(touchesQueryRows)) return insertEvents(sql, before, after, events);
  return sql.begin(async (transaction) => {
    const appended = await insertEvents(transaction, before, after, events);
    if (!appended.ok) return appended;
    let state = before;
    for (const event of events) {
      state = fold(state, { ...event, threadId: after.threadId, seq: state.seq + 1, position: 0 } as LedgerEvent);
      await projectEvent(transaction, state, state.seq, event);
    }
    return appended;
  }) as Promise<Appended>;
}

async function insertEvents(
  sql: Database['sql'] | TransactionSql,
  before: ThreadState,
  after: ThreadState,
  events: NewEvent[],
): Promise<Appended> {
  const thread = threadRow(after);
  const reader = onlyPersonOf(events);
  const records = events.map((event, index) => ({ ...event, seq: before.seq + 1 + index }));
  const claimed =
    before.seq === 0
      ? sql`insert into threads (id, workspace_id, project_id, title, seq, run_status, run_extent, agent, open_approvals, last_line, created_at, updated_at)
            values (${after.threadId}, ${after.workspaceId}, ${after.projectId}, ${after.title}, ${after.seq}, ${thread.runStatus}, ${thread.runExtent}, ${thread.agent},
              ${thread.openApprovals}, ${thread.lastLine}, ${after.createdAt}, ${after.updatedAt})
            on conflict (id) do nothing returning id`
      : sql`update threads set seq = ${after.seq}, run_status = ${thread.runStatus}, run_extent = ${thread.runExtent}, agent = ${thread.agent},
              open_approvals = ${thread.openApprovals}, last_line = ${thread.lastLine}, updated_at = ${after.updatedAt}
            where id = ${after.threadId} and seq = ${before.seq} returning id`;
  const rows = await sql<{ position: string }[]>`
    with claimed as (${claimed}),
    inserted as (
      insert into events (thread_id, seq, id, at, type, actor, agent_id, user_id, via, run_id, parent_event_id, data)
      select claimed.id, e.seq, e.id, e.at, e.type, e.actor, e."agentId", e."userId", e.via, e."runId", e."parentEventId", e.data
      from claimed, jsonb_to_recordset(${sql.json(records as never)}) as e(
        seq int, id text, at timestamptz, type text, actor text, "agentId" text, "userId" text, via text, "runId" text, "parentEventId" text, data jsonb)
      order by e.seq returning position),
    unsent as (insert into outbox (position) select position from inserted)
    ${reader ? sql`, read as (update thread_marks set read_seq = ${after.seq} from claimed where thread_id = claimed.id and user_id = ${reader} and read_seq >= ${before.seq})` : sql``}
    select position from inserted order by position`;
  return rows.length === events.length ? { ok: true, positions: rows.map((row) => Number(row.position)) } : { ok: false };
}

/** Who did all of this themselves: whoever had read everything until then has read this too. */
function onlyPersonOf(events: NewEvent[]): string | null {
  const [first] = events;
  return first?.userId && events.every(({ actor, userId }) => actor === 'person' && userId === first.userId) ? first.userId : null;
}
