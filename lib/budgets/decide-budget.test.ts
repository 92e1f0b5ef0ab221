import { expect, test } from 'vitest';
import { type ChargedBudget, decideBudget } from './decide-budget.ts';

const budget = (over: Partial<ChargedBudget> = {}): ChargedBudget => ({
  key: 'run:ru_1',
  scope: 'run',
  period: 'ever',
  limitUsd: 1,
  spentUsd: 0,
  reservedUsd: 0,
  ...over,
});

test('lets everything through where no budget is set, priced or not', () => {
  expect(decideBudget([], 1_000, 'm')).toEqual({ ok: true });
  expect(decideBudget([], null, 'm')).toEqual({ ok: true });
});

test('lets a call through that fits, with what is under way', () => {
  expect(decideBudget([budget({ spentUsd: 0.5, reservedUsd: 0.25 })], 0.25, 'm')).toEqual({ ok: true });
});

test('refuses a call that might pass any of the budgets, and names that one', () => {
  const budgets = [
    budget(),
    budget({ key: 'workspace:ws_1', scope: 'workspace', period: 'month', limitUsd: 10, spentUsd: 9, reservedUsd: 0.9 }),
  ];
  expect(decideBudget(budgets, 0.2, 'm')).toEqual({
    ok: false,
    budget: budgets[1],
    message:
      'The budget of this workspace for this month does not allow this call: $9.00 of $10.00 are spent, up to $0.9000 more are under way, and the call could cost up to $0.2000.',
  });
});

test('refuses even a free call when the budget is used up', () => {
  expect(decideBudget([budget({ spentUsd: 1.2 })], 0, 'm')).toMatchObject({
    message: 'The budget of this run is used up: $1.20 of $1.00 are spent.',
  });
});

test('refuses a call without a price under any budget', () => {
  expect(decideBudget([budget()], null, 'openai/new')).toMatchObject({
    ok: false,
    budget: null,
    message: expect.stringContaining('openai/new'),
  });
});
