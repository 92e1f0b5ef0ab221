import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cancelRun } from '#lib/threads/cancel-run.ts';
import { deleteThread } from '#lib/threads/delete-thread.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { idleAgent } from '#tests/idle-agent.ts';
import { modelCallsOf } from '#tests/model-calls.ts';
import { modelRequests } from '#tests/model-requests.ts';
import { scriptedUpstream, sseEvents } from '#tests/scripted-upstream.ts';
import { testWorker } from '#tests/test-worker.ts';
import { createGateway } from './create-gateway.ts';
import { openGateway } from './gateway-access.ts';
import { createPrices } from './money/prices.ts';
import { readUpstreams } from './upstream.ts';

const key = 'the-real-key-4711';
const { context, home, open } = await testWorker();
const upstream = await scriptedUpstream();
const upstreams = readUpstreams({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: upstream.url, OPENAI_BASE_URL: `${upstream.url}/v1` });
const server = await createGateway({ ...context, upstreams, prices: createPrices({}), idleTimeoutMs: 400 });
const gateway = openGateway({ home, providers: [...upstreams.keys()] });
afterAll(async () => {
  await gateway.close();
  await server.close();
});

const [claude, chat] = [modelRequests[0]!, modelRequests[1]!];
const start = { type: 'message_start', message: { usage: { input_tokens: 1_000, output_tokens: 1 } } };
/** More than a model writes in the time that these tests take. */
const text = { type: 'content_block_delta', delta: { type: 'text_delta', text: 'x'.repeat(40_000) } };
const end = [{ type: 'message_delta', usage: { output_tokens: 20 } }, { type: 'message_stop' }];
const eventStream = { 'content-type': 'text/event-stream' };

/** A run with its token, and the model calls that its ledger holds. */
async function run() {
  const opened = await open(idleAgent);
  const token = gateway.tokenFor(opened);
  const calls = () => modelCallsOf(context.database, opened.threadId);
  return { ...opened, token, calls, only: async () => (await calls())[0]! };
}

const logged: unknown[] = [];
beforeEach(() => {
  upstream.requests.length = 0;
  for (const method of ['log', 'error', 'warn'] as const) vi.spyOn(console, method).mockImplementation((...line) => logged.push(line));
});
afterEach(() => vi.restoreAllMocks());

describe('what goes up and comes down', () => {
  test('upstream sees the real key and the headers it needs, the client sees no cookie', async () => {
    upstream.answerWith((response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'set-cookie': 'a=b',
        'openai-organization': 'acme',
        'request-id': 'r1',
      });
      response.end(JSON.stringify({ type: 'message', usage: { input_tokens: 1, output_tokens: 1 } }));
    });
    const { token } = await run();
    const response = await gateway.fetch('http://gateway/anthropic/v1/messages?beta=true', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'anthropic-beta': 'x',
        cookie: 'c=d',
        'x-secret': 's',
        accept: 'application/x-protobuf',
        'content-type': 'text/plain',
      },
      body: JSON.stringify({ model: claude.model, max_tokens: 1 }),
    });
    expect([...response.headers.keys()].sort()).toEqual([
      'connection',
      'content-type',
      'date',
      'keep-alive',
      'request-id',
      'transfer-encoding',
    ]);
    const [seen] = upstream.requests;
    expect(seen?.url).toBe('/v1/messages?beta=true');
    const { host: _, ...headers } = seen!.headers;
    expect(headers).toEqual({
      accept: '*/*',
      'accept-encoding': 'identity',
      'anthropic-beta': 'x',
      connection: 'keep-alive',
      'content-length': expect.any(String),
      'content-type': 'application/json',
      'user-agent': 'choir',
      'x-api-key': key,
    });
  });

  test('a server that needs no key gets none', async () => {
    upstream.answerWith((response) => response.end());
    const { token } = await run();
    await (await chat.send(gateway, token)).text();
    expect(upstream.requests[0]?.headers.authorization).toBeUndefined();
  });

  test('each part of a stream arrives before the next is sent', async () => {
    const arrived = Promise.withResolvers<void>();
    upstream.answerWith(async (response) => {
      response.writeHead(200, eventStream).write(sseEvents(start));
      await arrived.promise;
      response.end(sseEvents(text, ...end));
    });
    const { token, only } = await run();
    const response = await claude.send(gateway, token, { stream: true });
    const reader = response.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe(sseEvents(start));
    arrived.resolve();
    for (let part = await reader.read(); !part.done; part = await reader.read());
    expect(await only()).toMatchObject({ outcome: 'ok', inputTokens: 1_000, outputTokens: 20 });
  });

  test('what costs nothing is passed on and not billed', async () => {
    upstream.answerWith((response) => response.end('{"input_tokens":3}'));
    const { token, calls } = await run();
    const response = await gateway.fetch('http://gateway/anthropic/v1/messages/count_tokens', {
      method: 'POST',
      headers: { 'x-api-key': token },
      body: '{}',
    });
    expect(await response.json()).toEqual({ input_tokens: 3 });
    expect(await calls()).toEqual([]);
  });
});

describe('who may call', () => {
  test('rejects a run that has ended, and a key that is no token, in the provider’s own words', async () => {
    const { threadId, token, calls } = await run();
    expect((await claude.send(gateway, 'sk-ant-mine')).status).toBe(401);
    await cancelRun(context, { threadId });
    for (const { send, name } of modelRequests) {
      const response = await send(gateway, token);
      expect([name, response.status]).toEqual([name, 401]);
      expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('until that run ends') } });
    }
    expect(upstream.requests).toEqual([]);
    expect(await calls()).toEqual([]);
  });

  test('rejects a provider that is not set up, an endpoint that is not counted, and any other host', async () => {
    const { token } = await run();
    expect((await modelRequests[3]!.send(gateway, token)).status).toBe(404);
    const headers = { 'x-api-key': token };
    expect((await gateway.fetch('http://gateway/anthropic/v1/messages/batches', { method: 'POST', headers, body: '{}' })).status).toBe(404);
    expect((await gateway.fetch('http://gateway/', { method: 'HEAD' })).status).toBe(404);
    await expect(gateway.fetch('http://example.org/')).rejects.toThrow('not the model gateway');
    expect(upstream.requests).toEqual([]);
  });

  test('rejects a body that is too large before it is read, or as soon as it has come so far', async () => {
    const { token } = await run();
    const head = `POST /anthropic/v1/messages HTTP/1.1\r\nhost: gateway\r\nx-api-key: ${token}\r\n`;
    const tooMuch = 32 * 1024 * 1024 + 1;
    for (const rest of [
      `content-length: ${tooMuch}\r\n\r\n`,
      `transfer-encoding: chunked\r\n\r\n${tooMuch.toString(16)}\r\n${' '.repeat(tooMuch)}`,
    ]) {
      const socket = connect(home.gatewaySocket).on('error', () => {});
      socket.write(head + rest);
      const [answer] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
      socket.destroy();
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    }
  });
});

describe('a provider that fails', () => {
  test('says so to the client and to the ledger, and costs nothing', async () => {
    upstream.answerWith((response) => {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '7' });
      response.end('{"type":"error","error":{"type":"rate_limit_error","message":"Slow down"}}');
    });
    const { token, only } = await run();
    const response = await claude.send(gateway, token);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await response.json()).toMatchObject({ error: { message: 'Slow down' } });
    expect(await only()).toMatchObject({ outcome: 'failed', error: '429: Slow down', costUsd: 0, inputTokens: 0, outputTokens: 0 });
  });

  test('with a page, or an answer without sense, does not get through as a success on the bill', async () => {
    const { token, calls } = await run();
    upstream.answerWith((response) =>
      response.writeHead(500, { 'content-type': 'text/html' }).end(`<html>\0${'oops '.repeat(10_000)}</html>`),
    );
    expect((await claude.send(gateway, token)).status).toBe(500);
    upstream.answerWith((response) => response.writeHead(200, { 'content-type': 'application/json' }).end('not json'));
    expect(await (await claude.send(gateway, token)).text()).toBe('not json');
    upstream.answerWith((response) => response.writeHead(302, { location: 'https://evil.example' }).end());
    expect((await claude.send(gateway, token)).status).toBe(502);
    expect((await calls()).map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed']);
    expect((await calls())[0]?.error).toMatch(/^500: <html>oops/);
  });

  test('whose error repeats the key, or the token, shows neither to anybody', async () => {
    const { token, calls } = await run();
    upstream.answerWith((response, { headers }) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: `Bad key ${headers['x-api-key']} and ${token}` } }));
    });
    const response = await claude.send(gateway, token);
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
    expect(await vi.waitUntil(async () => (await calls())[1])).toMatchObject({
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
    expect(await vi.waitUntil(async () => (await calls())[0])).toMatchObject({
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
  expect(await vi.waitUntil(async () => (await calls())[0])).toMatchObject({ outcome: 'failed', inputTokens: 1_000, outputTokens: 10_000 });
});

test('a call is on the bill of its run and agent, whatever became of the thread meanwhile', async () => {
  const [first, second] = [await run(), await run()];
  const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  upstream.answerWith(async (response) => {
    if (upstream.requests.length === 2) asked.resolve();
    await answered.promise;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ type: 'message', usage: { input_tokens: 1_000, output_tokens: 20 } }));
  });
  const answers = [first, second].map(({ token }) => claude.send(gateway, token).then((response) => response.text()));
  await asked.promise;
  await cancelRun(context, { threadId: first.threadId });
  await postMessage(context, { threadId: first.threadId, text: 'Next goal', agent: 'rules' });
  await deleteThread(context, { threadId: second.threadId });
  answered.resolve();
  await Promise.all(answers);
  const bill = await context.database.sql`
    select run_id as "runId", thread_id as "threadId", agent, output_tokens::int as tokens from model_calls where run_id in (${first.runId}, ${second.runId})`;
  const expected = [first, second].map(({ runId, threadId }) => ({ runId, threadId, agent: 'rules', tokens: 20 }));
  expect(bill).toHaveLength(2);
  expect(bill).toEqual(expect.arrayContaining(expected));
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
  expect(await vi.waitUntil(async () => (await calls())[0])).toMatchObject({ outcome: 'ok', outputTokens: 20 });
});

test('a second gateway does not take the socket of one that lives', async () => {
  await expect(createGateway({ ...context, upstreams, prices: createPrices({}) })).rejects.toThrow('Another model gateway');
});
