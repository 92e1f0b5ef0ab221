import { expect, test } from 'vitest';
import type { GoalCost } from '#lib/core/goal-cost.ts';
import { warnOfLimit } from './short-limit.ts';

const priced: GoalCost = { basis: 'past-goals', model: 'openai/gpt-x', usualUsd: 0.1, highUsd: 0.4, goals: 5 };
const costs = new Map<string, { estimate: GoalCost }>([
  ['rules', { estimate: { basis: 'free', otherwise: 'model' } }],
  ['model', { estimate: priced }],
  ['terminal', { estimate: { basis: 'free', otherwise: null } }],
]);
const short = 'The budget of this run has $0.05 left, less than this may cost.';

test('warns where the dollars of a run are fewer than its agent may cost, also the one that best fit goes on to', () => {
  const limits = { budgetUsd: 0.05 };
  expect(['', 'rules', 'model'].map((agent) => warnOfLimit(costs, { agent, limits }))).toEqual([short, short, short]);
  expect(warnOfLimit(costs, { agent: 'terminal', limits })).toBeNull();
  expect(warnOfLimit(costs, { agent: 'model', limits: { budgetUsd: 0.4 } })).toBeNull();
  expect(warnOfLimit(costs, { agent: 'model', limits: {} })).toBeNull();
  expect(warnOfLimit(new Map(), { agent: 'model', limits })).toBeNull();
});
