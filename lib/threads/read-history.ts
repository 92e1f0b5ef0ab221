import type { EventType, LedgerEvent } from '#lib/core/event.ts';
import { isHidden, type ThreadState } from '#lib/core/state.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { readEvents } from '#lib/ledger/read-events.ts';

const historyTypes = [
  'goal.given',
  'run.queued',
  'run.completed',
  'run.failed',
  'run.cancelled',
  'guidance.given',
  'guidance.delivered',
  'message.posted',
  'model.answered',
  'context.compacted',
  'context.collected',
  'plan.proposed',
  'tool.proposed',
  'tool.finished',
  'checkpoint.created',
  'thread.reverted',
] as const satisfies readonly EventType[];

/** What a model must hear again of a thread. A call's result is whole here, where the state holds an excerpt. */
export type HistoryEvent = Extract<LedgerEvent, { type: (typeof historyTypes)[number] }>;

/** The thread's conversation as it stands now, oldest first: what a revert took back is not in it. */
export async function readHistory(database: Database, { threadId, hidden }: ThreadState): Promise<HistoryEvent[]> {
  const history: HistoryEvent[] = [];
  for await (const events of readEvents(database, threadId, { types: historyTypes }))
    history.push(...(events.filter((event) => !isHidden(hidden, event.seq)) as HistoryEvent[]));
  return history;
}
