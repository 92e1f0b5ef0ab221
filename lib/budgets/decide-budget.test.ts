import fc from 'fast-check';
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
const exactly = (usd: number) => ({ leastUsd: usd, mostUsd: usd });

test('lets everything through where no budget is set, priced or not', () => {
  expect(decideBudget([], exactly(1_000), 'm')).toEqual({ ok: true, grantedUsd: null });
  expect(decideBudget([], null, 'm')).toEqual({ ok: true, grantedUsd: null });
});

test('lets a call through that fits, with what is under way', () => {
  expect(decideBudget([budget({ spentUsd: 0.5, reservedUsd: 0.25 })], exactly(0.25), 'm')).toEqual({ ok: true, grantedUsd: 0.25 });
});

test('grants half of what is left where the longest answer is too dear, and no less than is of use', () => {
  expect(decideBudget([budget()], { leastUsd: 0.2, mostUsd: 3 }, 'm')).toEqual({ ok: true, grantedUsd: 0.5 });
  expect(decideBudget([budget()], { leastUsd: 0.8, mostUsd: 3 }, 'm')).toEqual({ ok: true, grantedUsd: 0.8 });
});

test('refuses a call that would pass any of the budgets, and names that one', () => {
  const workspace = budget({ key: 'workspace:ws_1', scope: 'workspace', period: 'month', limitUsd: 10, spentUsd: 9, reservedUsd: 0.9 });
  expect(decideBudget([budget(), workspace], exactly(0.2), 'm')).toEqual({
    ok: false,
    leastUsd: 0.2,
    message:
      'The budget of this workspace for this month does not allow this call: $9.00 of $10.00 are spent, up to $0.90 more are under way, and the call could cost $0.20.',
  });
});

test('refuses even a free call when the budget is used up', () => {
  expect(decideBudget([budget({ spentUsd: 1.2 })], exactly(0), 'm')).toEqual({
    ok: false,
    leastUsd: 0,
    message: 'The budget of this run is used up: $1.20 of $1.00 are spent.',
  });
});

test('refuses a call without a price under any budget', () => {
  expect(decideBudget([budget()], null, 'openai/new')).toMatchObject({
    ok: false,
    leastUsd: null,
    message: expect.stringContaining('openai/new'),
  });
});

test('never grants more than what is left of every budget', () => {
  const usd = fc.double({ min: 0, max: 100, noNaN: true });
  const any = fc.record({ limitUsd: fc.double({ min: 0.01, max: 100, noNaN: true }), spentUsd: usd, reservedUsd: usd });
  fc.assert(
    fc.property(fc.array(any, { minLength: 1 }), usd, usd, (amounts, one, other) => {
      const decision = decideBudget(amounts.map(budget), { leastUsd: Math.min(one, other), mostUsd: Math.max(one, other) }, 'm');
      if (!decision.ok) return;
      for (const { limitUsd, spentUsd, reservedUsd } of amounts)
        expect(decision.grantedUsd).toBeLessThanOrEqual(limitUsd - spentUsd - reservedUsd);
    }),
  );
});
