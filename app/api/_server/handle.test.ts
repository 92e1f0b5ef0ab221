import { expect, test } from 'vitest';
import { callRoute } from '#tests/call-route.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { DELETE as revoke } from '../credentials/[credentialId]/route.ts';
import { GET as listThreads } from '../threads/route.ts';
import { POST as createToken } from '../tokens/route.ts';

const services = await testWebServices();
const { cookie, token, tokenId, userId } = await signedIn(services);
const bearer = { authorization: `Bearer ${token}` };
const make = (headers: Record<string, string>, json: unknown = { name: 'CI' }) => callRoute(createToken, { method: 'POST', headers, json });

test('nobody, a forged cookie and a forged token are told to sign in', async () => {
  for (const headers of [{}, { cookie: 'choir_session=choir_device_x' }, { authorization: 'Bearer choir_token_x' }]) {
    const response = await callRoute(listThreads, { headers: headers as Record<string, string> });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  }
});

test('a cookie may change things only from a page of Choir; a token from anywhere', async () => {
  expect((await make({ cookie })).status).toBe(403);
  expect((await make({ cookie, origin: 'https://evil.example' })).status).toBe(403);
  expect((await make({ cookie, origin: 'null', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await make({ cookie, origin: 'http://choir.test:81' })).status).toBe(403);
  expect((await make({ cookie, origin: 'http://choir.test' })).status).toBe(201);
  expect((await make({ cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(201);
  expect((await make(bearer)).status).toBe(201);
  expect((await callRoute(listThreads, { headers: { cookie } })).status).toBe(200);
});

test('what was said as one person is taken from no other', async () => {
  const say = (sender: string) => make({ ...bearer, 'choir-person': sender });
  expect((await say(userId)).status).toBe(201);
  for (const sender of ['us_somebody_else', '']) {
    const refused = await say(sender);
    expect(await refused.json()).toMatchObject({ status: 401, reason: 'another-person' });
  }
});

test('says what is wrong with the input, by its path', async () => {
  const response = await make(bearer, { name: '', expiresInDays: 'soon' });
  expect(response.status).toBe(400);
  const problem = await response.json();
  expect(problem.problems.map(({ path }: { path: string }) => path).sort()).toEqual(['expiresInDays', 'name']);
});

test('refuses a query that cannot be stored', async () => {
  expect((await callRoute(listThreads, { path: '/api/threads?projectId=a%00b', headers: bearer })).status).toBe(400);
  expect((await callRoute(listThreads, { path: '/api/threads?limit=-1', headers: bearer })).status).toBe(400);
});

test('refuses ids that are unknown or hostile', async () => {
  for (const credentialId of ['tk_none', '..', "' or 1=1 --", '\u202e', 'x'.repeat(5_000)]) {
    const response = await callRoute(revoke, { method: 'DELETE', params: { credentialId }, headers: bearer });
    expect(response.status).toBe(404);
  }
  expect((await callRoute(revoke, { method: 'DELETE', params: { credentialId: 'a\0' }, headers: bearer })).status).toBe(400);
});

test('a revoked token is refused from then on', async () => {
  expect((await callRoute(revoke, { method: 'DELETE', params: { credentialId: tokenId }, headers: bearer })).status).toBe(204);
  expect((await callRoute(listThreads, { headers: bearer })).status).toBe(401);
});
