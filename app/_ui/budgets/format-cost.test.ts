import { expect, test } from 'vitest';
import { noCost } from '#lib/core/limits/run-cost.ts';
import { formatCost } from './format-cost.ts';

test('a run without a model has no bill', () => {
  expect(formatCost(noCost)).toBeNull();
});

test('says the tokens, and that a price is not known', () => {
  const cost = { calls: 2, inputTokens: 11_000, outputTokens: 1_400, costUsd: 0.11, unpricedCalls: 0 };
  expect(formatCost(cost)).toBe('$0.11 · 12k tokens');
  expect(formatCost({ ...cost, unpricedCalls: 1 })).toBe('$0.11 and more · 12k tokens');
  expect(formatCost({ ...cost, costUsd: 0, unpricedCalls: 2 })).toBe('price unknown · 12k tokens');
});
