import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { modelRequests } from '#tests/models/model-requests.ts';
import { scriptedGateway } from '#tests/models/scripted-gateway.ts';
import { sseEvents } from '#tests/models/scripted-upstream.ts';

const key = 'the-real-key-4711';
const { upstream, gateway, run } = await scriptedGateway({
  settings: (url) => ({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: url }),
  idleTimeoutMs: 400,
});

const claude = modelRequests[0]!;
const start = { type: 'message_start', message: { usage: { input_tokens: 1_000, output_tokens: 1 } } };
/** More than a model writes in the time that these tests take. */
const text = { type: 'content_block_delta', delta: { type: 'text_delta', text: 'x'.repeat(40_000) } };
const end = [{ type: 'message_delta', usage: { output_tokens: 20 } }, { type: 'message_stop' }];
const eventStream = { 'content-type': 'text/event-stream' };

const logged: unknown[] = [];
beforeEach(() => {
  upstream.requests.length = 0;
  for (const method of ['log', 'error', 'warn'] as const) vi.spyOn(console, method).mockImplementation((...line) => logged.push(line));
});
afterEach(() => vi.restoreAllMocks());

describe('a provider that fails', () => {
  test('says so to the client and to the ledger, and costs nothing', async () => {
    upstream.answerWith((response) => {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '7' });
      response.end('{"type":"error","error":{"type":"rate_limit_error","message":"Slow down"}}');
    });
    const { token, calls } = await run();
    const response = await claude.send(gateway, token);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await response.json()).toMatchObject({ error: { message: 'Slow down' } });
    expect((await calls())[0]).toMatchObject({ outcome: 'failed', error: '429: Slow down', costUsd: 0, inputTokens: 0, outputTokens: 0 });
  });

  test('with a page, or an answer without sense, does not get through as a success on the bill', async () => {
    const { token, calls } = await run();
    upstream.answerWith((response) =>
      response.writeHead(500, { 'content-type': 'text/html' }).end(`<html>\0${'oops '.repeat(100_000)}</html>`),
    );
    expect((await claude.send(gateway, token)).status).toBe(500);
    upstream.answerWith((response) => response.writeHead(200, { 'content-type': 'application/json' }).end('not json'));
    expect(await (await claude.send(gateway, token)).text()).toBe('not json');
    upstream.answerWith((response) => response.writeHead(302, { location: 'https://evil.example' }).end());
    expect((await claude.send(gateway, token)).status).toBe(502);
    expect((await calls()).map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed']);
    expect((await calls())[0]?.error).toMatch(/^500: <html>oops/);
  });

  test('that refuses the key is not to be asked again, and where it repeats the key, or the token, neither is shown to anybody', async () => {
    const { token, calls } = await run();
    upstream.answerWith((response, { headers }) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: `Bad key ${headers['x-api-key']} and ${token}` } }));
    });
    const response = await claude.send(gateway, token);
    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(await response.text()).toBe('{"error":{"message":"Bad key ... and ..."}}');
    const stream = sseEvents({ type: 'error', error: { message: `Bad key ${key}` } });
    upstream.answerWith((answer) => answer.writeHead(200, eventStream).end(stream));
    await (await claude.send(gateway, token, { stream: true })).text();
    expect((await calls()).map(({ error }) => error)).toEqual(['401: Bad key ... and ...', 'Bad key ...']);
    expect(JSON.stringify(logged)).not.toContain(key);
  });

  test('by silence is given up, before the answer and in the middle of it', async () => {
    const { token, calls } = await run();
    upstream.answerWith(() => {});
    const silent = await claude.send(gateway, token);
    expect([silent.status, await silent.json()]).toEqual([
      504,
      { type: 'error', error: { type: 'timeout_error', message: 'The provider said nothing for too long.' } },
    ]);
    upstream.answerWith((response) => response.writeHead(200, eventStream).write(sseEvents(start, text)));
    const stalled = await claude.send(gateway, token, { stream: true });
    await expect(stalled.text()).rejects.toThrow();
    await expect
      .poll(async () => (await calls())[1])
      .toMatchObject({
        outcome: 'failed',
        inputTokens: 1_000,
        outputTokens: 10_000,
      });
    expect((await calls())[0]?.inputTokens).toBeGreaterThan(0);
  });

  test('by hanging up in the middle is charged for what it said', async () => {
    const { token, calls } = await run();
    upstream.answerWith((response) => response.writeHead(200, eventStream).write(sseEvents(start, text), () => response.destroy()));
    await expect((await claude.send(gateway, token, { stream: true })).text()).rejects.toThrow();
    await expect
      .poll(async () => (await calls())[0])
      .toMatchObject({
        outcome: 'failed',
        inputTokens: 1_000,
        outputTokens: 10_000,
        costUsd: expect.any(Number),
      });
  });
});

test('a client that goes away ends the call upstream, and pays for what was said', async () => {
  const closed = Promise.withResolvers<void>();
  upstream.answerWith((response) => {
    response.once('close', closed.resolve);
    response.writeHead(200, eventStream).write(sseEvents(start, text));
  });
  const { token, calls } = await run();
  const leave = new AbortController();
  const response = await claude.send(gateway, token, { stream: true, signal: leave.signal });
  const reader = response.body!.getReader();
  await reader.read();
  leave.abort();
  await closed.promise;
  await expect.poll(async () => (await calls())[0]).toMatchObject({ outcome: 'failed', inputTokens: 1_000, outputTokens: 10_000 });
});

test('a client that closes at the last word has had a whole answer', async () => {
  const finished = sseEvents(start, text, ...end);
  upstream.answerWith((response) => response.writeHead(200, eventStream).write(finished));
  const { token, calls } = await run();
  const leave = new AbortController();
  const response = await claude.send(gateway, token, { stream: true, signal: leave.signal });
  const reader = response.body!.getReader();
  let heard = '';
  while (!heard.includes('message_stop')) heard += Buffer.from((await reader.read()).value!).toString();
  leave.abort();
  await expect.poll(async () => (await calls())[0]).toMatchObject({ outcome: 'ok', outputTokens: 20 });
});
