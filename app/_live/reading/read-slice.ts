import type { LedgerEvent } from '#lib/core/event.ts';
import { type Item, isOpenStep, type SeqRange } from '#lib/core/state.ts';
import { readEvents } from '../read-events.ts';
import { finishPlan, type PlanItem } from './finish-plan.ts';
import { foldSlice } from './fold-slice.ts';
import { pageEvents } from './stretch.ts';

/** Beginnings and ends of all steps of one plan, some of them tried again. */
const planEvents = 1_000;

/** The items of the events from `begin` up to, but without, `end`, with what became of them soon after. `hidden`: of the thread now. Throws a RequestError. */
export async function readSlice(threadId: string, begin: number, end: number, hidden: SeqRange[]): Promise<Item[]> {
  const events: LedgerEvent[] = [];
  for await (const event of readEvents(threadId, `after=${begin - 1}&limit=${end - begin + pageEvents}`)) events.push(event);
  const after = events.at(-1)?.seq ?? end;
  return Promise.all(
    foldSlice(events, end, hidden).map((item) => (isGoingOn(item) ? finishPlan(item, readPlan(threadId, item, after), hidden) : item)),
  );
}

/** A plan may go on long after it was made: what became of it is looked up where the slice does not say. */
function isGoingOn(item: Item): item is PlanItem {
  return item.kind === 'plan' && !item.isReplaced && item.steps.some(isOpenStep);
}

function readPlan(threadId: string, { runId }: PlanItem, after: number): AsyncIterable<LedgerEvent> {
  return readEvents(threadId, `after=${after}&kind=plan&run=${runId}&limit=${planEvents}`);
}
