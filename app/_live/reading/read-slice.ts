import type { LedgerEvent } from '#lib/core/event.ts';
import { type Item, isOpenStep } from '#lib/core/state.ts';
import { readEvents } from '../read-events.ts';
import { foldSlice } from './fold-slice.ts';
import { pageEvents } from './stretch.ts';

const planSteps = 200;

/** The items of the events from `begin` up to, but without, `end`, with what became of them soon after. Throws a RequestError. */
export async function readSlice(threadId: string, begin: number, end: number): Promise<Item[]> {
  const events: LedgerEvent[] = [];
  for await (const event of readEvents(threadId, `after=${begin - 1}&limit=${end - begin + pageEvents}`)) events.push(event);
  const items = foldSlice(events, end);
  return Promise.all(items.map((item) => (item.kind === 'plan' ? finishPlan(threadId, item, events.at(-1)?.seq ?? end) : item)));
}

/** A plan may go on long after it was made: how its steps ended is looked up where the slice does not say. */
async function finishPlan(threadId: string, plan: Extract<Item, { kind: 'plan' }>, after: number): Promise<Item> {
  if (!plan.steps.some(isOpenStep)) return plan;
  const ends = new Map<string, { status: 'done' | 'failed' | 'skipped'; note: string }>();
  for await (const event of readEvents(threadId, `after=${after}&type=step.finished&limit=${planSteps}`))
    if (event.type === 'step.finished' && event.runId === plan.runId) ends.set(event.data.stepId, event.data);
  return { ...plan, steps: plan.steps.map((step) => ({ ...step, ...ends.get(step.step_id) })) };
}
