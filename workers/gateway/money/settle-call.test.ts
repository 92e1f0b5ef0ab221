import { describe, expect, test } from 'vitest';
import { noTokens } from '#lib/prices/token-counts.ts';
import type { Transfer } from '#workers/gateway/forward-call.ts';
import { createMeter } from '#workers/gateway/wire/create-meter.ts';
import { callOutcome, usedTokens } from './settle-call.ts';

const gone: Transfer = { ended: 'gone', error: 'gone' };
const sent = { estimatedInput: 1_000, mostOutput: 100_000, elapsedMs: 60_000 };

/** A meter that has heard so much of a chat's stream; null: no answer came. */
function heard(stream: string | null) {
  const meter = createMeter('openai-chat');
  if (stream === null) return meter;
  meter.begin('text/event-stream');
  meter.push(Buffer.from(stream));
  meter.end();
  return meter;
}

const finish = 'data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}\n\n';
const usage = 'data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":9}}\n\n';

describe('an answer that nobody heard to the end', () => {
  test('counts what the model could have thought meanwhile, within what it was allowed', () => {
    expect(usedTokens(gone, heard(''), sent)).toEqual({ ...noTokens, inputTokens: 1_000, outputTokens: 3_000 });
    expect(usedTokens(gone, heard(''), { ...sent, mostOutput: 500 }).outputTokens).toBe(500);
    expect(usedTokens({ ended: 'stalled', error: '' }, heard(null), sent).outputTokens).toBe(3_000);
  });

  test('whose last word was heard is not told before its count', () => {
    expect(usedTokens(gone, heard(finish), sent).outputTokens).toBe(3_000);
    expect(usedTokens(gone, heard(finish + usage), sent)).toEqual({ ...noTokens, inputTokens: 7, outputTokens: 9 });
  });

  test('counts what was said where that is more', () => {
    const said = `data: {"choices":[{"delta":{"content":"${'x'.repeat(40_000)}"}}]}\n\n`;
    expect(usedTokens(gone, heard(said), sent).outputTokens).toBe(10_000);
  });
});

test('a call that was not accepted costs nothing, and an answer that came whole costs what it says', () => {
  for (const ended of ['unreachable', 'broken'] as const) expect(usedTokens({ ended, error: '' }, heard(null), sent)).toEqual(noTokens);
  expect(usedTokens({ ended: 'whole' }, heard(finish), sent)).toEqual({ ...noTokens, inputTokens: 1_000, outputTokens: 1 });
});

test('an error keeps neither secrets nor what a database cannot hold', () => {
  const meter = heard('data: {"error":{"message":"bad key\\u0000 k1"}}\n\n');
  expect(callOutcome({ ended: 'whole' }, meter, (text) => text.replaceAll('k1', '...'))).toEqual({
    outcome: 'failed',
    error: 'bad key ...',
  });
});
