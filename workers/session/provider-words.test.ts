import { expect, test } from 'vitest';
import { agentWords } from './provider-words.ts';

const message = 'The budget of this run does not allow this call: $1.00 of $1.00 are spent, and the call could cost $0.10.';
const codex = `unexpected status 402 Payment Required: ${message}, url: http://127.0.0.1:4010/openai/v1/responses`;

test('an agent’s words about a call that no budget allowed are left to the question about it', () => {
  expect(agentWords(codex, { message, leastUsd: 0.1 })).toBe('');
  expect(agentWords(`I wrote it.\n${codex}`, { message, leastUsd: 0.1 })).toBe('I wrote it.');
});

test('an address of the gateway is the provider’s name; any other is the agent’s own', () => {
  expect(agentWords(codex, null)).toBe(`unexpected status 402 Payment Required: ${message}, url: OpenAI`);
  expect(agentWords('See http://127.0.0.1:3000/google/maps', null)).toBe('See http://127.0.0.1:3000/google/maps');
});
