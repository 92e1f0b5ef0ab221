import { expect, it } from 'vitest';
import { chooseModel, contextWindow } from './choose-model.ts';

it.each([
  ['openai/gpt-5.6', ['openai'], { provider: 'openai', model: 'gpt-5.6' }],
  ['openai/qwen/qwen3-coder', ['openai', 'google'], { provider: 'openai', model: 'qwen/qwen3-coder' }],
  ['qwen3', ['openai'], { provider: 'openai', model: 'qwen3' }],
] as const)('reads %s', (wanted, providers, choice) => {
  expect(chooseModel(wanted, providers)).toEqual({ ok: true, choice });
});

it('takes the usual model of the first provider where nobody chose', () => {
  expect(chooseModel(undefined, ['google', 'openai'])).toMatchObject({ choice: { provider: 'google' } });
  expect(chooseModel(undefined, ['openai'], { openai: 'local' })).toEqual({ ok: true, choice: { provider: 'openai', model: 'local' } });
});

it.each([
  [undefined, [], 'No model is set up'],
  ['anthropic/claude-opus-5', ['openai'], 'There is no key for Anthropic'],
  ['claude-opus-5', ['openai', 'google'], 'Name it as provider/model'],
] as const)('says what is missing for %s', (wanted, providers, reason) => {
  expect(chooseModel(wanted, providers)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
});

it('takes a model it does not know for a small one', () => {
  expect(contextWindow({ provider: 'openai', model: 'qwen3' })).toBe(128_000);
  expect(contextWindow({ provider: 'anthropic', model: 'claude-sonnet-5-5' })).toBe(1_000_000);
});
