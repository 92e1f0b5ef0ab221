import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agentCatalog } from '#lib/agents/agent-catalog.ts';
import { defaultModels } from '#lib/agents/default-models.ts';
import { providerIds } from '#lib/core/model-call.ts';
import { testHome } from '#tests/services.ts';
import { createPrices } from './create-prices.ts';
import { readPriceTable } from './price-table.ts';
import { noTokens } from './token-counts.ts';

const counts = {
  ...noTokens,
  inputTokens: 1_000_000,
  cacheReadTokens: 400_000,
  cacheWriteTokens: 100_000,
  outputTokens: 10_000,
};

describe('prices', () => {
  test('of known models are those that the providers publish', () => {
    const gpt = createPrices({}).cost('openai', 'gpt-5-mini', { ...noTokens, inputTokens: 1_000_000, outputTokens: 1_000_000 });
    expect(gpt).toBeCloseTo(2.25);
    expect(createPrices({}).contextWindow('openai', 'gpt-5-mini')).toBe(400_000);
  });

  test('of the models that agents work with where nobody chose one are known, as budgets need them', () => {
    const own = agentCatalog.flatMap(({ modelUse }) => (modelUse && 'usual' in modelUse ? [modelUse.usual] : []));
    const names = [defaultModels, ...own].flatMap((usual) => providerIds.map((provider) => [provider, usual?.[provider]] as const));
    for (const [provider, model] of names) if (model) expect(createPrices({}).cost(provider, model, counts)).toBeGreaterThan(0);
  });

  test('of what the cache keeps for an hour are dearer', () => {
    const cost = (cacheWriteHourTokens: number) =>
      createPrices({}).cost('anthropic', 'claude-sonnet-4-5', {
        ...noTokens,
        inputTokens: 1_000,
        cacheWriteTokens: 1_000,
        cacheWriteHourTokens,
      });
    expect(cost(1_000)).toBeCloseTo(0.006);
    expect(cost(0)).toBeCloseTo(0.00375);
  });

  test('of audio and pictures are their own, whatever part of them was cached', () => {
    const prices = createPrices({});
    expect(prices.cost('google', 'gemini-2.5-flash-image', { ...noTokens, outputTokens: 1_000, outputImageTokens: 1_000 })).toBeCloseTo(
      0.03,
    );
    const audio = { ...noTokens, inputTokens: 1_000_000, inputAudioTokens: 1_000_000 };
    expect(prices.cost('google', 'gemini-2.5-flash', audio)).toBeCloseTo(1);
    expect(prices.cost('google', 'gemini-2.5-flash', { ...audio, cacheReadTokens: 500_000 })).toBeCloseTo(0.5 + 0.05);
    expect(prices.cost('openai', 'gpt-5', { ...audio, cacheReadTokens: 500_000 })).toBeGreaterThan(0);
  });

  test('of counts that contradict each other are null', () => {
    expect(createPrices({}).cost('anthropic', 'claude-sonnet-4-5', { ...noTokens, inputTokens: 1, cacheReadTokens: 2 })).toBeNull();
  });

  test('of unknown models are null', () => {
    expect(createPrices({}).cost('openai', 'llama-of-mine', counts)).toBeNull();
  });

  test('follow the server that is asked where it is a known one', () => {
    const prices = createPrices({}, new Map([['openai', 'https://openrouter.ai/api/v1']]));
    expect(prices.cost('openai', 'anthropic/claude-sonnet-4', { ...counts, cacheWriteTokens: 0 })).toBeGreaterThan(0);
    expect(prices.cost('openai', 'gpt-5-mini', counts)).toBeGreaterThan(0);
  });

  test('of the own table go first, the exact name before the longest beginning', () => {
    const prices = createPrices({
      'openai/*': { input: 0, output: 0 },
      'openai/gpt-*': { input: 1, output: 100 },
      'openai/gpt-5': { input: 1, output: 100, cacheRead: 0.5, cacheWrite: 2 },
    });
    expect(prices.cost('openai', 'llama-of-mine', counts)).toBe(0);
    expect(prices.cost('openai', 'gpt-5-mini', counts)).toBeCloseTo(1 + 1);
    expect(prices.cost('openai', 'gpt-5', counts)).toBeCloseTo(0.5 + 0.2 + 0.2 + 1);
    expect(prices.cost('anthropic', 'claude-sonnet-4-5', counts)).not.toBe(0);
  });
});

describe('the file of CHOIR_MODEL_PRICES', async () => {
  const { root } = await testHome();
  const path = join(root, 'prices.json');

  test('is read once and checked', async () => {
    expect(readPriceTable(undefined)).toEqual({});
    await writeFile(path, JSON.stringify({ 'openai/mine': { input: 1, output: 2 } }));
    expect(readPriceTable(path)).toEqual({ 'openai/mine': { input: 1, output: 2 } });
  });

  test('that is wrong is named with what is wrong', async () => {
    await writeFile(path, JSON.stringify({ 'openai/mine': { input: -1, output: 2 } }));
    expect(() => readPriceTable(path)).toThrow(/CHOIR_MODEL_PRICES: .*prices\.json[\s\S]*input/);
    expect(() => readPriceTable(`${path}.gone`)).toThrow(/CHOIR_MODEL_PRICES/);
  });
});
