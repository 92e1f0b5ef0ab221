import { isOpenStep, type StepState } from '#lib/core/state.ts';

/** Plans up to this length are shown whole. */
const shortPlan = 10;
const nextSteps = 4;

/** The steps of a plan that count now: what failed, what runs, the last that was done before it, and what comes next. */
export function stepsInSight(steps: readonly StepState[]): readonly StepState[] {
  if (steps.length <= shortPlan) return steps;
  const next = steps.findIndex(isOpenStep);
  const now = next === -1 ? steps.length : next;
  return steps.filter(({ status }, index) => status === 'failed' || status === 'running' || (index >= now - 1 && index < now + nextSteps));
}

/** What unfolds a plan, and folds it again. Of one that was replaced no step is in sight then. */
export function wordsOfFold(steps: number, unfolded: boolean, isReplaced = false): string {
  if (isReplaced) return `${unfolded ? 'Hide' : 'Show'} the ${steps === 1 ? 'step' : `${steps} steps`}`;
  return unfolded ? 'Show fewer' : `Show all ${steps} steps`;
}
