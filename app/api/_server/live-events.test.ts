import { expect, onTestFinished, test, vi } from 'vitest';
import { readSse } from '#bin/cli/read-sse.ts';
import { redeemSignInLink } from '#lib/auth/redeem-sign-in-link.ts';
import { revokeCredential } from '#lib/auth/revoke-credential.ts';
import { inviteMember } from '#lib/members/invite-member.ts';
import { deleteThread } from '#lib/threads/delete-thread.ts';
import { callRoute } from '#tests/call-route.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { createSseWire } from '../../_live/wire/sse-wire.ts';
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

// Sooner than the stream looks by itself.
test('ends when its thread is deleted', { timeout: 12_000 }, async () => {
  const { actor, token } = await signedIn(services);
  const { threadId } = await openThread(token);
  const { messages } = await follow(token, threadId);
  await take(messages, 4);
  await deleteThread({ ...services, actor }, { threadId });
  const rest = await Array.fromAsync(messages, ({ data }) => JSON.parse(data).type);
  expect(rest).toEqual(['run.cancelled']);
});

test('a page that follows without a socket goes on after a break, and tells nothing to whoever is signed in there by then', async () => {
  const owner = await signedIn(services);
  const { threadId } = await openThread(owner.token);
  const { code } = await inviteMember({ ...services, actor: owner.actor }, { name: 'Next at this phone' });
  const member = await redeemSignInLink(services, { code, deviceName: 'The same phone' });

  let { cookie } = owner;
  let asked = 0;
  const breaks = new AbortController();
  vi.stubGlobal('document', { querySelector: () => ({ content: owner.userId }) });
  const reload = vi.fn();
  vi.stubGlobal('location', { reload });
  vi.stubGlobal('fetch', (path: string, { headers, signal }: { headers: Record<string, string>; signal: AbortSignal }) => {
    asked += 1;
    const line = asked === 1 ? AbortSignal.any([signal, breaks.signal]) : signal;
    return callRoute(readEvents, { params: { threadId }, path, headers: { ...headers, cookie }, signal: line });
  });
  onTestFinished(() => void vi.unstubAllGlobals());

  const seqs: number[] = [];
  const links: string[] = [];
  const wire = createSseWire();
  onTestFinished(wire.close);
  wire.followThread(threadId, {
    onLink: (link) => links.push(link),
    onEvent: ({ seq }) => seqs.push(seq),
    onTyping: () => {},
    onDoubt: () => {},
    lastSeq: () => seqs.at(-1) ?? 0,
  });
  await expect.poll(() => seqs).toEqual([1, 2, 3, 4]);
  breaks.abort();
  await expect.poll(() => asked, { timeout: 10_000 }).toBe(2);
  await services.ledger.command(threadId, { actor: 'person', userId: owner.userId, via: 'api' }, [
    { type: 'give-guidance', text: 'Go on' },
  ]);
  await expect.poll(() => seqs).toEqual([1, 2, 3, 4, 5]);

  cookie = `choir_session=${member.secret}`;
  await revokeCredential({ ...services, actor: owner.actor }, { credentialId: owner.credentialId });
  await expect.poll(() => reload.mock.calls.length, { timeout: 10_000 }).toBe(1);
  expect(links.slice(-2)).toEqual(['connecting', 'lost']);
  expect(asked).toBe(3);
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
