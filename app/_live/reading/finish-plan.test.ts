import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '#lib/core/event.ts';
import { foldAll } from '#lib/core/fold.ts';
import type { SeqRange } from '#lib/core/state.ts';
import { ledgerOf } from '#tests/builders/ledger.ts';
import { finishPlan, type PlanItem } from './finish-plan.ts';

type Fact = Parameters<typeof ledgerOf>[0][number];

const queued: Fact = {
  type: 'run.queued',
  data: { goalId: 'go_1', goal: '', agent: 'rules', agentReason: '', mode: 'assisted', dryRun: false },
};
const steps = ['s1', 's2'].map((step_id) => ({ step_id, title: 'Do', kind: 'edit' as const, depends_on: [], notes: '' }));
const plan = (revision: number): Fact => ({ type: 'plan.proposed', data: { revision, reason: '', steps } });
const started = (stepId: string): Fact => ({ type: 'step.started', data: { stepId } });
const finished = (stepId: string, status: 'done' | 'failed'): Fact => ({ type: 'step.finished', data: { stepId, status, note: status } });

async function* inOrder(events: LedgerEvent[]) {
  yield* events;
}

const made = [queued, plan(1)];
const whole = (facts: Fact[]) => foldAll(ledgerOf([...made, ...facts])).items.find((item): item is PlanItem => item.kind === 'plan');

async function finish(facts: Fact[], hidden: SeqRange[] = []) {
  const known = whole([]);
  if (!known) throw new Error('There is no plan.');
  return finishPlan(known, inOrder(ledgerOf([...made, ...facts]).slice(made.length)), hidden);
}

const looks = (item: PlanItem | undefined) => [item?.isReplaced, item?.steps.map(({ status, note }) => `${status} ${note}`.trim())];

describe('a plan whose run goes on beyond the slice', () => {
  it.each([
    ['nothing', []],
    ['a step in work', [started('s1'), finished('s1', 'failed'), started('s1')]],
    ['its end', [started('s1'), finished('s1', 'done'), started('s2'), finished('s2', 'failed')]],
  ])('is as the whole thread has it after %s', async (_, facts) => {
    expect(looks(await finish(facts))).toEqual(looks(whole(facts)));
  });

  it('is replaced by the next one, and has none of the steps that are done then', async () => {
    const facts = [started('s1'), finished('s1', 'done'), plan(2), started('s2'), finished('s2', 'done')];
    expect(looks(await finish(facts))).toEqual([true, ['done done', 'pending']]);
    expect(looks(whole(facts))).toEqual([true, ['done done', 'pending']]);
  });

  it('goes on where a revert took the next one back', async () => {
    expect(looks(await finish([finished('s1', 'done'), plan(2), finished('s2', 'done')], [[4, 5]]))).toEqual([
      false,
      ['done done', 'pending'],
    ]);
  });
});
