import { expect, test } from 'vitest';
import { longestAnswer } from './longest-answer.ts';

test('a model is known by the beginning of its name, the particular before the general', () => {
  const openai = (model: string) => longestAnswer('openai', model);
  expect(['gpt-5', 'gpt-5.2-pro', 'gpt-6-sol', 'gpt-5.3-codex'].map(openai)).toEqual([128_000, 128_000, 128_000, 128_000]);
  expect(['gpt-5-pro', 'gpt-5.3-codex-spark', 'gpt-5.2-chat-latest'].map(openai)).toEqual([272_000, 32_000, 16_384]);
  expect(['gpt-4o-2024-05-13', 'gpt-4o-mini', 'gpt-4.1-nano', 'o4-mini'].map(openai)).toEqual([4_096, 16_384, 32_768, 100_000]);
  const google = (model: string) => longestAnswer('google', model);
  expect(['gemini-2.5-pro', 'gemini-flash-latest', 'gemini-3.5-flash-lite'].map(google)).toEqual([65_536, 65_536, 65_536]);
  expect(['gemini-2.5-flash-image', 'gemini-3.1-flash-lite-image'].map(google)).toEqual([32_768, 4_096]);
});

test('one that nobody has listed is not guessed', () => {
  expect([
    longestAnswer('openai', 'llama-of-mine'),
    longestAnswer('google', 'gemma-9'),
    longestAnswer('anthropic', 'claude-opus-5'),
  ]).toEqual([undefined, undefined, undefined]);
});
