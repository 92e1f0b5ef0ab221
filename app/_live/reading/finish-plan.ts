import type { LedgerEvent } from '#lib/core/event.ts';
import { type Item, isHidden, type SeqRange, type StepState } from '#lib/core/state.ts';

export type PlanItem = Extract<Item, { kind: 'plan' }>;

/** A plan as `later` leaves it, the events of its run behind the slice in their order: up to the next plan of the run they are about this one. */
export async function finishPlan(plan: PlanItem, later: AsyncIterable<LedgerEvent>, hidden: SeqRange[]): Promise<PlanItem> {
  const became = new Map<string, Partial<StepState>>();
  let isReplaced = false;
  for await (const { type, data, seq } of later) {
    if (type === 'step.started') became.set(data.stepId, { ...became.get(data.stepId), status: 'running' });
    if (type === 'step.finished') became.set(data.stepId, { status: data.status, note: data.note });
    if (type !== 'plan.proposed') continue;
    isReplaced = !isHidden(hidden, seq);
    break;
  }
  return { ...plan, isReplaced, steps: plan.steps.map((step) => ({ ...step, ...became.get(step.step_id) })) };
}
