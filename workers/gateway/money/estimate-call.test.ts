import { expect, test } from 'vitest';
import { createPrices } from '#lib/prices/create-prices.ts';
import { costRange, estimateCall, estimateInput, outputLimit } from './estimate-call.ts';

const prices = createPrices({ 'openai/mine': { input: 1, output: 10 }, 'openai/dollar-a-word': { input: 0, output: 1_000_000 } });
const call = {
  provider: 'openai',
  model: 'mine',
  inputTokens: 1_000_000,
  maxOutputTokens: 100_000,
  choices: 1,
  isKeptForHour: false,
  free: false,
} as const;

test('no request has more input than the model can read', () => {
  expect(estimateInput(prices, 'openai', 'mine', 101)).toBe(101);
  expect(estimateInput(prices, 'openai', 'mine', 30_000_000)).toBe(1_000_000);
  expect(estimateInput(prices, 'openai', 'gpt-5-mini', 30_000_000)).toBe(400_000);
  expect(estimateInput(prices, 'openai', 'gpt-5-mini', Number.POSITIVE_INFINITY)).toBe(400_000);
});

test('a call may cost between a short answer and the longest that it asks for', () => {
  expect(costRange(estimateCall(prices, call))).toEqual({ leastUsd: expect.closeTo(1.04096), mostUsd: expect.closeTo(2) });
  expect(costRange(estimateCall(prices, { ...call, maxOutputTokens: 100 }))).toEqual({
    leastUsd: expect.closeTo(1.001),
    mostUsd: expect.closeTo(1.001),
  });
});

test('an answer without a limit is as long as the model’s can be, and is held to what was reserved where nobody knows that', () => {
  const unnamed = (model: string, choices = 1) => estimateCall(prices, { ...call, model, choices, maxOutputTokens: null });
  expect(unnamed('gpt-5-mini')).toMatchObject({ mostTokens: 128_000 });
  expect(outputLimit(unnamed('gpt-5-mini'), 1_000)).toBeNull();
  expect(unnamed('mine', 3)).toMatchObject({ mostTokens: 3 * 8_192 });
  expect(outputLimit(unnamed('mine', 3), 1_000)).toBe(3 * 8_192);
  expect(outputLimit(unnamed('mine'), null)).toBeNull();
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

test('tokens are taken for the dearest that they can be: kept by the cache, or a picture', () => {
  const input = { ...call, provider: 'anthropic', model: 'claude-sonnet-4-5', inputTokens: 1_000, maxOutputTokens: 0 } as const;
  expect(estimateCall(prices, input)?.inputUsd).toBeCloseTo(0.00375);
  expect(estimateCall(prices, { ...input, isKeptForHour: true })?.inputUsd).toBeCloseTo(0.006);
  const picture = { ...call, provider: 'google', model: 'gemini-2.5-flash-image', inputTokens: 0 } as const;
  expect(estimateCall(prices, picture)?.tokenUsd).toBeCloseTo(30 / 1e6);
  expect(estimateCall(prices, { ...picture, model: 'gemini-2.5-flash' })?.tokenUsd).toBeCloseTo(2.5 / 1e6);
});
