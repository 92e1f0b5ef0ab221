import { expect, it } from 'vitest';
import { fitPlan, type PlanStep, planLimit } from './plan.ts';

const step = (number: number): PlanStep => ({
  step_id: `s${number}`,
  title: 't',
  kind: 'edit',
  depends_on: number > 1 ? [`s${number - 1}`] : [],
  notes: '',
});

it('lets the oldest steps fall out of a plan that is too long, and nothing depends on them', () => {
  const steps = Array.from({ length: planLimit + 1 }, (_, index) => step(index + 1));
  const fitted = fitPlan(steps);
  expect(fitted).toHaveLength(planLimit);
  expect(fitted[0]).toMatchObject({ step_id: 's2', depends_on: [] });
  expect(fitted[1]).toMatchObject({ step_id: 's3', depends_on: ['s2'] });
  expect(fitPlan(fitted)).toBe(fitted);
});
