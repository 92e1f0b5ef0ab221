import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noTokens } from '#lib/prices/token-counts.ts';
import type { Protocol } from '../model-route.ts';
import { createMeter } from './create-meter.ts';

const sse = (...events: unknown[]) =>
  events.map((event) => `event: x\r\ndata: ${typeof event === 'string' ? event : JSON.stringify(event)}\r\n\r\n`).join('');

function hear(protocol: Protocol, body: string, contentType = 'text/event-stream; charset=utf-8', cutAt: number[] = []) {
  const meter = createMeter(protocol);
  meter.begin(contentType);
  const bytes = Buffer.from(body);
  const cuts = [0, ...cutAt.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (let index = 1; index < cuts.length; index += 1) meter.push(bytes.subarray(cuts[index - 1], cuts[index]));
  meter.end();
  return { counts: meter.counts(999), finished: meter.finished(), error: meter.error() };
}

const counts = (
  inputTokens: number,
  cacheReadTokens: number,
  cacheWriteTokens: number,
  outputTokens: number,
  cacheWriteHourTokens = 0,
) => ({
  ...noTokens,
  inputTokens,
  cacheReadTokens,
  cacheWriteTokens,
  cacheWriteHourTokens,
  outputTokens,
});

const claudeStart = {
  type: 'message_start',
  message: { usage: { input_tokens: 3, cache_creation_input_tokens: 20, cache_read_input_tokens: 100, output_tokens: 1 } },
};
const claudeText = (text: string) => ({ type: 'content_block_delta', delta: { type: 'text_delta', text } });

/** As the providers' documentation shows them. */
const streams: { protocol: Protocol; body: string; expected: ReturnType<typeof counts> }[] = [
  {
    protocol: 'anthropic',
    body: sse(claudeStart, claudeText('Grüße'), { type: 'message_delta', usage: { output_tokens: 15 } }, { type: 'message_stop' }),
    expected: counts(123, 100, 20, 15),
  },
  {
    protocol: 'openai-chat',
    body: sse(
      { choices: [{ delta: { content: 'Grüße' }, finish_reason: null }] },
      { choices: [{ delta: {}, finish_reason: 'stop' }] },
      { choices: [], usage: { prompt_tokens: 50, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 30 } } },
      '[DONE]',
    ),
    expected: counts(50, 30, 0, 7),
  },
  {
    protocol: 'openai-responses',
    body: sse(
      { type: 'response.created', response: { object: 'response', usage: null } },
      { type: 'response.output_text.delta', delta: 'Grüße' },
      {
        type: 'response.completed',
        response: {
          object: 'response',
          status: 'completed',
          usage: {
            input_tokens: 50,
            input_tokens_details: { cached_tokens: 30 },
            output_tokens: 70,
            output_tokens_details: { reasoning_tokens: 60 },
          },
        },
      },
    ),
    expected: counts(50, 30, 0, 70),
  },
  {
    protocol: 'google',
    body: sse(
      { candidates: [{ content: { parts: [{ text: 'Grü' }] } }], usageMetadata: { promptTokenCount: 40, candidatesTokenCount: 1 } },
      {
        candidates: [{ content: { parts: [{ text: 'ße' }] }, finishReason: 'STOP' }],
        usageMetadata: { promptTokenCount: 40, cachedContentTokenCount: 10, candidatesTokenCount: 5, thoughtsTokenCount: 6 },
      },
    ),
    expected: counts(40, 10, 0, 11),
  },
];

describe('a stream', () => {
  for (const { protocol, body, expected } of streams) {
    test(`of ${protocol} counts the same however it is cut`, () => {
      fc.assert(
        fc.property(fc.array(fc.nat()), (cutAt) => {
          expect(hear(protocol, body, undefined, cutAt)).toEqual({ counts: expected, finished: true, error: undefined });
        }),
      );
    });
  }

  test('that breaks off is charged with what it had said', () => {
    expect(hear('anthropic', sse(claudeStart, claudeText('x'.repeat(400))))).toMatchObject({
      counts: counts(123, 100, 20, 100),
      finished: false,
    });
    const chat = sse({ choices: [{ delta: { content: 'x'.repeat(400) } }] });
    expect(hear('openai-chat', chat)).toMatchObject({ counts: counts(999, 0, 0, 100), finished: false });
  });

  test('that ends in an error says so', () => {
    expect(hear('anthropic', sse(claudeStart, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })).error).toBe(
      'Overloaded',
    );
    expect(
      hear('openai-responses', sse({ type: 'response.failed', response: { status: 'failed', error: { code: 'server_error' } } })).error,
    ).toBe('server_error');
    expect(hear('openai-chat', sse({ error: { message: 'no' } })).error).toBe('no');
  });

  test('an event too long to hold is left out, those around it count', () => {
    const body = sse(
      claudeStart,
      claudeText('x'.repeat(9 * 1024 * 1024)),
      { type: 'message_delta', usage: { output_tokens: 15 } },
      { type: 'message_stop' },
    );
    expect(hear('anthropic', body)).toMatchObject({ counts: counts(123, 100, 20, 15), finished: true });
  });
});

describe('tokens that have a price of their own are told apart:', () => {
  const json = 'application/json';

  test('those of audio and of images', () => {
    const chat = {
      prompt_tokens: 50,
      prompt_tokens_details: { audio_tokens: 40 },
      completion_tokens: 9,
      completion_tokens_details: { audio_tokens: 8 },
    };
    expect(hear('openai-chat', JSON.stringify({ choices: [], usage: chat }), json).counts).toEqual({
      ...counts(50, 0, 0, 9),
      inputAudioTokens: 40,
      outputAudioTokens: 8,
    });
    const usageMetadata = {
      promptTokenCount: 5,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 2 },
        { modality: 'AUDIO', tokenCount: 99 },
      ],
      candidatesTokenCount: 1_300,
      candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1_290 }],
    };
    expect(hear('google', JSON.stringify({ usageMetadata }), json).counts).toEqual({
      ...counts(5, 0, 0, 1_300),
      inputAudioTokens: 5,
      outputImageTokens: 1_290,
    });
  });

  test('those that OpenAI writes to its cache', () => {
    const usage = { input_tokens: 50, input_tokens_details: { cached_tokens: 30, cache_write_tokens: 15 }, output_tokens: 4 };
    expect(hear('openai-responses', JSON.stringify({ object: 'response', usage }), json).counts).toEqual(counts(50, 30, 15, 4));
    const chat = { prompt_tokens: 50, prompt_tokens_details: { cached_tokens: 30, cache_write_tokens: 99 }, completion_tokens: 4 };
    expect(hear('openai-chat', JSON.stringify({ choices: [], usage: chat }), json).counts).toEqual(counts(50, 30, 20, 4));
  });
});

test('what Anthropic compacts on its own counts beside the answer', () => {
  const usage = {
    input_tokens: 23,
    output_tokens: 10,
    iterations: [
      { type: 'compaction', input_tokens: 180, output_tokens: 35 },
      { type: 'message', input_tokens: 23, output_tokens: 10 },
    ],
  };
  expect(hear('anthropic', JSON.stringify({ type: 'message', usage }), 'application/json').counts).toEqual(counts(203, 0, 0, 45));
});

test('tokens that the cache keeps for an hour are told apart', () => {
  const usage = { input_tokens: 3, cache_creation_input_tokens: 20, cache_creation: { ephemeral_1h_input_tokens: 15 }, output_tokens: 4 };
  expect(hear('anthropic', JSON.stringify({ type: 'message', usage }), 'application/json').counts).toEqual(counts(23, 0, 20, 4, 15));
});

describe('a whole answer', () => {
  const json = 'application/json';

  test('counts in each protocol', () => {
    const claude = {
      type: 'message',
      content: [{ type: 'text', text: 'hi' }],
      usage: { input_tokens: 3, cache_read_input_tokens: null, output_tokens: 4 },
    };
    expect(hear('anthropic', JSON.stringify(claude), json)).toMatchObject({ counts: counts(3, 0, 0, 4), finished: true });
    const chat = { choices: [{ message: { content: 'hi' }, finish_reason: 'stop' }], usage: { prompt_tokens: 5, completion_tokens: 6 } };
    expect(hear('openai-chat', JSON.stringify(chat), json)).toMatchObject({ counts: counts(5, 0, 0, 6), finished: true });
    const response = { object: 'response', status: 'completed', usage: { input_tokens: 7, output_tokens: 8 } };
    expect(hear('openai-responses', JSON.stringify(response), json)).toMatchObject({ counts: counts(7, 0, 0, 8), finished: true });
    const gemini = [
      { usageMetadata: { promptTokenCount: 9 } },
      { candidates: [{ finishReason: 'STOP' }], usageMetadata: { candidatesTokenCount: 10 } },
    ];
    expect(hear('google', JSON.stringify(gemini), json)).toMatchObject({ counts: counts(9, 0, 0, 10), finished: true });
  });

  test('from a server that counts nothing is estimated', () => {
    const chat = { choices: [{ message: { content: 'x'.repeat(40) }, finish_reason: 'stop' }] };
    expect(hear('openai-chat', JSON.stringify(chat), json).counts).toEqual(counts(999, 0, 0, 10));
  });
});

test('nothing that a server sends makes the meter throw, or count what is no count', () => {
  const protocols: Protocol[] = ['anthropic', 'openai-chat', 'openai-responses', 'google'];
  fc.assert(
    fc.property(fc.constantFrom(...protocols), fc.jsonValue(), fc.boolean(), (protocol, value, streamed) => {
      const wild = { type: 'message', usage: value, usageMetadata: value, choices: value, candidates: value, error: null, content: value };
      for (const message of [value, wild]) {
        const heard = hear(protocol, streamed ? sse(message) : JSON.stringify(message), streamed ? undefined : 'application/json');
        for (const count of Object.values(heard.counts)) expect(Number.isInteger(count) && count >= 0).toBe(true);
      }
    }),
  );
  expect(hear('anthropic', '<html>busy</html>', 'text/html')).toMatchObject({ counts: counts(999, 0, 0, 0), finished: false });
});

describe('an answer that does not tell its cost', () => {
  test('counts by its bytes where it broke off, whether it was streamed or not', () => {
    const text = 'x'.repeat(4_000);
    expect(hear('openai-chat', `{"choices":[{"message":{"content":"${text}`, 'application/json').counts.outputTokens).toBeGreaterThan(
      1_000,
    );
    expect(hear('google', `[{"candidates":[{"content":"${text}`, 'application/json').counts.outputTokens).toBeGreaterThan(1_000);
  });

  test('is never one of less input than it says was cached', () => {
    const usage = { cache_read_input_tokens: 1_000_000, cache_creation_input_tokens: 5, input_tokens: -1, output_tokens: -7 };
    const { counts: told } = hear('anthropic', JSON.stringify({ type: 'message', usage }), 'application/json');
    expect(told).toEqual(counts(1_000_005, 1_000_000, 5, 0));
  });
});
