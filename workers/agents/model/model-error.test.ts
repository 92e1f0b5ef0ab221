import { APICallError } from 'ai';
import { expect, it } from 'vitest';
import { classModelError, retryAfterMs } from './model-error.ts';

const choice = { provider: 'anthropic', model: 'claude' } as const;

function failed(statusCode: number | undefined, message: string, responseBody = '') {
  return new APICallError({ message, url: 'http://gateway', requestBodyValues: {}, statusCode, responseBody });
}

it.each([
  [failed(529, 'Overloaded'), 'transient'],
  [failed(undefined, 'Cannot connect'), 'transient'],
  [failed(200, 'Invalid JSON'), 'transient'],
  [failed(429, 'You exceeded your current quota', '{"error":{"code":"insufficient_quota"}}'), 'permanent'],
  [failed(400, 'Your credit balance is too low'), 'permanent'],
  [failed(402, 'The budget is used up'), 'permanent'],
  [failed(400, 'prompt is too long: 210000 tokens > 200000 maximum'), 'too-long'],
  [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'transient'],
  [new TypeError('fetch failed'), 'transient'],
  [new RangeError('a mistake of ours'), 'permanent'],
])('classes %s as %s', (error, kind) => {
  expect(classModelError(error, choice).kind).toBe(kind);
});

it('knows a wrong key however a provider says it', () => {
  const google = { provider: 'google', model: 'gemini' } as const;
  const words = /^Google .* GEMINI_API_KEY/;
  expect(classModelError(failed(400, 'API key not valid. Please pass a valid API key.'), google).message).toMatch(words);
  expect(classModelError(failed(401, 'No'), google).message).toMatch(words);
});

it('never repeats what a provider says about a key', () => {
  expect(classModelError(failed(401, 'Incorrect API key: sk-secret'), choice).message).not.toContain('sk-secret');
});

it('reads how long a provider asks to wait', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(retryAfterMs({ 'retry-after-ms': '250' }, now)).toBe(250);
  expect(retryAfterMs({ 'retry-after': '3' }, now)).toBe(3_000);
  expect(retryAfterMs({ 'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT' }, now)).toBe(10_000);
  expect(retryAfterMs({}, now)).toBeNull();
});
