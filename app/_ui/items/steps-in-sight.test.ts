import { expect, it } from 'vitest';
import type { StepState } from '#lib/core/state.ts';
import { stepsInSight, wordsOfFold } from './steps-in-sight.ts';

function plan(statuses: StepState['status'][]): StepState[] {
  const rest = { kind: 'edit', depends_on: [], notes: '', note: '', attempts: 0, marks: [] } as const;
  return statuses.map((status, index) => ({ ...rest, depends_on: [], marks: [], step_id: `s${index}`, title: `Step ${index}`, status }));
}
const ids = (steps: readonly StepState[]) => steps.map(({ step_id }) => step_id);
const many = (status: StepState['status'], count: number) => Array.from({ length: count }, () => status);

it('shows a short plan whole', () => {
  const short = plan(many('pending', 10));
  expect(stepsInSight(short)).toBe(short);
});

it('shows what failed, what runs and what comes next of a long one', () => {
  const long = plan([...many('done', 3), 'failed', ...many('done', 6), 'running', ...many('pending', 29)]);
  expect(ids(stepsInSight(long))).toEqual(['s3', 's9', 's10', 's11', 's12', 's13']);
});

it('shows the last step of a long one that is over', () => {
  expect(ids(stepsInSight(plan(many('done', 30))))).toEqual(['s29']);
});

it.each([
  [1, true, 'Show the step', 'Hide the step'],
  [2, true, 'Show the 2 steps', 'Hide the 2 steps'],
  [12, true, 'Show the 12 steps', 'Hide the 12 steps'],
  [12, false, 'Show all 12 steps', 'Show fewer'],
])('says of %i steps what the press does (replaced: %s): %s, %s', (steps, isReplaced, unfolds, folds) => {
  expect([wordsOfFold(steps, false, isReplaced), wordsOfFold(steps, true, isReplaced)]).toEqual([unfolds, folds]);
});
