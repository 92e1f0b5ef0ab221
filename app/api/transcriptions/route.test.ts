import { afterAll, beforeEach, expect, test } from 'vitest';
import { removeBudget } from '#lib/budgets/remove-budget.ts';
import { setBudget } from '#lib/budgets/set-budget.ts';
import { createPrices } from '#lib/prices/create-prices.ts';
import { callRoute } from '#tests/call-route.ts';
import { scriptedUpstream } from '#tests/models/scripted-upstream.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { createGateway } from '#workers/gateway/create-gateway.ts';
import { readUpstreams } from '#workers/gateway/upstream.ts';
import { GET as listCosts } from '../costs/route.ts';
import { POST as createThread } from '../threads/route.ts';
import { POST as transcribe } from './route.ts';

const services = await testWebServices({ CHOIR_MODEL_PROVIDERS: 'openai' });
const { token, actor } = await signedIn(services);
const headers = { authorization: `Bearer ${token}` };
const provider = await scriptedUpstream();
const upstreams = readUpstreams({ OPENAI_API_KEY: 'sk-secret', OPENAI_BASE_URL: `${provider.url}/v1` });
const prices = createPrices({ 'openai/by-the-hour': { input: 0, output: 0, audioHour: 3_600 } });
const gateway = await createGateway({ ...services, upstreams, prices, transcriptionModel: 'by-the-hour' });
afterAll(() => gateway.close());

const speech = Buffer.alloc(3_000, 7);
const say = (body: Buffer, type = 'audio/webm;codecs=opus', query = '') =>
  callRoute(transcribe, {
    method: 'POST',
    path: `/api/transcriptions${query}`,
    headers: { ...headers, 'content-type': type },
    body: new Uint8Array(body),
  });
const spent = async () =>
  (await (await callRoute(listCosts, { headers })).json()).costs.find(({ key }: { key: string }) => key === 'transcription');

beforeEach(() => {
  provider.requests.length = 0;
  provider.answerWith((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ text: ' create notes.md\0 ', usage: { type: 'duration', seconds: 2 } }));
  });
});

test('speech becomes text, on the bill, and only the provider sees the key', async () => {
  const response = await say(speech);
  expect([response.status, await response.json()]).toEqual([200, { text: 'create notes.md' }]);
  const [sent] = provider.requests;
  expect(sent).toMatchObject({ url: '/v1/audio/transcriptions', headers: { authorization: 'Bearer sk-secret' } });
  expect(sent?.body).toContain('filename="speech.webm"');
  expect(sent?.body).toContain('by-the-hour');
  expect(await spent()).toMatchObject({ calls: 1, costUsd: 2 });
});

test('a budget that does not reach stops it before it is sent, and a thread’s holds too', async () => {
  const { threadId } = await (await callRoute(createThread, { method: 'POST', headers, json: { goal: 'Listen' } })).json();
  const context = { ...services, actor };
  const before = await spent();
  await setBudget(context, { scope: 'thread', scopeId: threadId, limitUsd: 0.5, period: 'ever' });
  const refused = await say(speech, 'audio/ogg', `?threadId=${threadId}`);
  expect([refused.status, (await refused.json()).detail]).toEqual([
    409,
    expect.stringContaining('The budget of this thread does not allow this call'),
  ]);
  expect(provider.requests).toEqual([]);
  expect(await spent()).toEqual(before);
  expect((await say(speech, 'audio/ogg')).status).toBe(200);
  await removeBudget(context, { scope: 'thread', scopeId: threadId });
});

test('what cannot be heard is refused, and a provider that fails is paid nothing and says nothing of itself', async () => {
  const before = await spent();
  expect((await say(Buffer.alloc(0))).status).toBe(400);
  expect((await say(speech, 'text/plain')).status).toBe(400);
  expect((await say(Buffer.alloc(20 * 1024 * 1024 + 1))).status).toBe(413);
  expect((await say(speech, 'audio/ogg', '?threadId=th_unknown')).status).toBe(404);
  expect(
    (await callRoute(transcribe, { method: 'POST', headers: { 'content-type': 'audio/ogg' }, body: new Uint8Array(speech) })).status,
  ).toBe(401);
  for (const [status, told] of [
    [400, 400],
    [401, 503],
    [404, 501],
    [429, 429],
    [500, 503],
  ] as const) {
    provider.answerWith((response) => response.writeHead(status).end('{"error":{"message":"key sk-secret"}}'));
    const response = await say(speech);
    expect([status, response.status, await response.text()]).toEqual([status, told, expect.not.stringContaining('sk-secret')]);
  }
  provider.answerWith((response) => response.destroy());
  expect((await say(speech)).status).toBe(503);
  provider.answerWith((response) => response.end('{"text":"  "}'));
  expect((await (await say(speech)).json()).detail).toBe('No words could be heard in this recording.');
  expect((await spent()).costUsd - before.costUsd).toBeCloseTo(4);
});
