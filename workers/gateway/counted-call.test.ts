import { expect, test } from 'vitest';
import { costRange, estimateCall, estimateInput, outputLimit } from './counted-call.ts';
import { createPrices } from './prices.ts';

const prices = createPrices({ 'openai/mine': { input: 1, output: 10 }, 'openai/dollar-a-word': { input: 0, output: 1_000_000 } });
const call = { provider: 'openai', model: 'mine', inputTokens: 1_000_000, maxOutputTokens: 100_000, free: false } as const;

test('bytes are taken for tokens, up to what the model can read', () => {
  expect(estimateInput(prices, 'openai', 'mine', 401)).toBe(101);
  expect(estimateInput(prices, 'openai', 'mine', 30_000_000)).toBe(200_000);
  expect(estimateInput(prices, 'openai', 'gpt-5-mini', 30_000_000)).toBe(400_000);
});

test('a call may cost between a short answer and the longest that it asks for', () => {
  expect(costRange(estimateCall(prices, call))).toEqual({ leastUsd: expect.closeTo(1.04096), mostUsd: expect.closeTo(2) });
  expect(costRange(estimateCall(prices, { ...call, maxOutputTokens: 100 }))).toEqual({
    leastUsd: expect.closeTo(1.001),
    mostUsd: expect.closeTo(1.001),
  });
  expect(costRange(estimateCall(prices, { ...call, maxOutputTokens: null }))?.mostUsd).toBeCloseTo(1.08192);
});

test('money that does not reach for the longest answer shortens it', () => {
  const estimate = estimateCall(prices, { ...call, model: 'dollar-a-word' });
  expect(outputLimit(estimate, 100_000)).toBeNull();
  expect(outputLimit(estimate, 50_000)).toBe(50_000);
  expect(outputLimit(estimate, costRange(estimate)?.leastUsd ?? 0)).toBe(4_096);
});

test('a model without a price has no estimate, unless its server is taken for free', () => {
  expect(estimateCall(prices, { ...call, model: 'unknown' })).toBeNull();
  const free = estimateCall(prices, { ...call, model: 'unknown', free: true });
  expect([costRange(free), outputLimit(free, 0)]).toEqual([{ leastUsd: 0, mostUsd: 0 }, null]);
});
