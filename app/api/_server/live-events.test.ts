import { expect, test } from 'vitest';
import { readSse } from '#bin/cli/read-sse.ts';
import { revokeCredential } from '#lib/auth/revoke-credential.ts';
import { callRoute } from '#tests/call-route.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { GET as readEvents } from '../threads/[threadId]/events/route.ts';
import { POST as createThread } from '../threads/route.ts';

const services = await testWebServices();

async function openThread(token: string) {
  const headers = { authorization: `Bearer ${token}` };
  const made = await callRoute(createThread, { method: 'POST', headers, json: { goal: 'Follow me' } });
  return (await made.json()) as { threadId: string; runId: string };
}

async function follow(token: string, threadId: string, { path = '/api', lastEventId = '' } = {}) {
  const leaving = new AbortController();
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'text/event-stream',
    ...(lastEventId ? { 'last-event-id': lastEventId } : {}),
  };
  const response = await callRoute(readEvents, { params: { threadId }, headers, path, signal: leaving.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  if (!response.body) throw new Error('No stream.');
  return { messages: readSse(response.body), leave: () => leaving.abort() };
}

async function take(messages: AsyncGenerator<{ event: string; id: string; data: string }>, count: number) {
  const taken = [];
  while (taken.length < count) {
    const next = await messages.next();
    if (next.done) throw new Error('The stream ended.');
    taken.push(next.value);
  }
  return taken;
}

test('tells what was, then what happens, without a gap, and text as it is typed', async () => {
  const { token, workspaceId } = await signedIn(services);
  const { threadId, runId } = await openThread(token);
  const { messages, leave } = await follow(token, threadId);
  expect((await take(messages, 4)).map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
  const worker = { actor: 'agent', agentId: 'rules' } as const;
  await services.ledger.command(threadId, worker, [{ type: 'take-run', runId, workerId: 'wk', reason: 'retried' }]);
  for (const text of ['one', 'two', 'three']) await services.ledger.command(threadId, worker, [{ type: 'post-message', runId, text }]);
  expect((await take(messages, 4)).map(({ id, data }) => [id, JSON.parse(data).type])).toEqual([
    ['5', 'run.started'],
    ['6', 'message.posted'],
    ['7', 'message.posted'],
    ['8', 'message.posted'],
  ]);
  services.bus.publishTyping(workspaceId, threadId, { runId, callId: 'ca_1', stream: 'stdout', text: 'half a li' });
  const [typing] = await take(messages, 1);
  expect(typing).toMatchObject({ event: 'typing', id: '' });
  leave();
  expect((await messages.next()).done).toBe(true);
});

test('goes on after the last id that a device has seen', async () => {
  const { token } = await signedIn(services);
  const { threadId } = await openThread(token);
  const resumed = await follow(token, threadId, { path: '/api?after=1', lastEventId: '3' });
  expect((await take(resumed.messages, 1)).map(({ id }) => id)).toEqual(['4']);
  resumed.leave();
  const narrowed = await follow(token, threadId, { path: '/api?type=goal.given' });
  expect((await take(narrowed.messages, 1)).map(({ id }) => id)).toEqual(['3']);
  narrowed.leave();
});

test('ends when its credential is revoked', async () => {
  const { actor, token, tokenId } = await signedIn(services);
  const { threadId } = await openThread(token);
  const { messages } = await follow(token, threadId);
  await take(messages, 4);
  await revokeCredential({ ...services, actor }, { credentialId: tokenId });
  expect((await messages.next()).done).toBe(true);
});

test.each(['no such thread', 'x\r\nPUB jobs.run 0\r\n\r\n', '*', '>', 'x'.repeat(5_000)])(
  'refuses to follow %j, which is no thread',
  async (threadId) => {
    const { token } = await signedIn(services);
    const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
    const response = await callRoute(readEvents, { params: { threadId }, headers });
    expect(response.status).toBe(404);
  },
);
