import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeEach, describe, expect, test } from 'vitest';
import { cancelRun } from '#lib/threads/cancel-run.ts';
import { deleteThread } from '#lib/threads/delete-thread.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { modelRequests } from '#tests/models/model-requests.ts';
import { scriptedGateway } from '#tests/models/scripted-gateway.ts';
import { sseEvents } from '#tests/models/scripted-upstream.ts';
import { createGateway } from './create-gateway.ts';

const key = 'the-real-key-4711';
const { context, home, options, upstream, gateway, run } = await scriptedGateway({
  settings: (url) => ({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: url, OPENAI_BASE_URL: `${url}/v1` }),
});

const [claude, chat] = [modelRequests[0]!, modelRequests[1]!];
const start = { type: 'message_start', message: { usage: { input_tokens: 1_000, output_tokens: 1 } } };
const end = [{ type: 'message_delta', usage: { output_tokens: 20 } }, { type: 'message_stop' }];
const eventStream = { 'content-type': 'text/event-stream' };

beforeEach(() => {
  upstream.requests.length = 0;
});

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
      response.end(sseEvents(...end));
    });
    const { token, calls } = await run();
    const response = await claude.send(gateway, token, { stream: true });
    const reader = response.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe(sseEvents(start));
    arrived.resolve();
    for (let part = await reader.read(); !part.done; part = await reader.read());
    expect((await calls())[0]).toMatchObject({ outcome: 'ok', inputTokens: 1_000, outputTokens: 20 });
  });

  test('what costs nothing is passed on and not billed', async () => {
    upstream.answerWith((response) => response.end('{"input_tokens":3}'));
    const { token, calls } = await run();
    const response = await gateway.fetch('http://gateway/anthropic/v1/messages/count_tokens', {
      method: 'POST',
      headers: { 'x-api-key': token },
      body: JSON.stringify({
        model: claude.model,
        messages: [{ role: 'user', content: 'Hello' }],
        mcp_servers: [{ url: 'https://evil.example' }],
      }),
    });
    expect(await response.json()).toEqual({ input_tokens: 3 });
    expect(await calls()).toEqual([]);
    expect(JSON.parse(upstream.requests[0]?.body ?? '')).toEqual({ model: claude.model, messages: [{ role: 'user', content: 'Hello' }] });
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

  test('rejects a request that names an address, whether it is free or not', async () => {
    const { token } = await run();
    const messages = [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://evil.example/?secret' } }] }];
    for (const path of ['messages', 'messages/count_tokens']) {
      const body = JSON.stringify({ model: claude.model, max_tokens: 1, messages });
      const response = await gateway.fetch(`http://gateway/anthropic/v1/${path}`, {
        method: 'POST',
        headers: { 'x-api-key': token },
        body,
      });
      expect(response.status).toBe(400);
    }
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

test('a second gateway does not take the socket of one that lives', async () => {
  await expect(createGateway(options)).rejects.toThrow('Another model gateway');
});
