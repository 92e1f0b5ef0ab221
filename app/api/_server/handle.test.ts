import { expect, test } from 'vitest';
import { listCredentials } from '#lib/auth/list-credentials.ts';
import { redeemSignInLink } from '#lib/auth/redeem-sign-in-link.ts';
import { revokeCredential } from '#lib/auth/revoke-credential.ts';
import { inviteMember } from '#lib/members/invite-member.ts';
import { type Call, callRoute } from '#tests/call-route.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { DELETE as revoke } from '../credentials/[credentialId]/route.ts';
import { POST as linkMember } from '../members/[userId]/links/route.ts';
import { POST as createLink } from '../sign-in/links/route.ts';
import { POST as createTelegramLink } from '../telegram/links/route.ts';
import { GET as listThreads } from '../threads/route.ts';
import { POST as createToken } from '../tokens/route.ts';
import type { RouteHandler } from './handle.ts';

const services = await testWebServices();
const { actor, cookie, token, tokenId, userId } = await signedIn(services);
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

test('a token, a link and a code that are asked for again are told again, to the same person, and are one', async () => {
  const anna = await inviteMember({ ...services, actor }, { name: 'Anna' });
  const { secret } = await redeemSignInLink(services, { code: anna.code, deviceName: 'Phone' });
  const hers = { cookie: `choir_session=${secret}`, origin: 'http://choir.test' };
  const ask = async (route: RouteHandler, call: Call, headers: Record<string, string>, said: string) => {
    const response = await callRoute(route, { method: 'POST', path: `/api?requestId=${said}`, headers, ...call });
    expect(response.status).toBe(201);
    const { token: made, url, code, expiresAt } = await response.json();
    return JSON.stringify([made, url, code, expiresAt]);
  };
  const asks = [
    (headers: Record<string, string>, said: string) => ask(createToken, { json: { name: 'once', requestId: said } }, headers, said),
    (headers: Record<string, string>, said: string) => ask(createLink, {}, headers, said),
    (headers: Record<string, string>, said: string) => ask(createTelegramLink, {}, headers, said),
  ];
  for (const once of asks) {
    const [first, ...rest] = await Promise.all(Array.from({ length: 3 }, () => once(bearer, 'rq-once-0001')));
    expect(new Set([first, ...rest, await once(bearer, 'rq-once-0001')]).size).toBe(1);
    expect(new Set([first, await once(hers, 'rq-once-0001'), await once(bearer, 'rq-once-0002')]).size).toBe(3);
  }
  const linkOf = () => ask(linkMember, { params: { userId: anna.userId } }, bearer, 'rq-once-0001');
  expect(await linkOf()).toBe(await linkOf());
  expect(await linkOf()).not.toBe(await asks[1]?.(bearer, 'rq-once-0001'));
  const made = (await listCredentials({ ...services, actor })).filter(({ name }) => name === 'once');
  expect(made).toHaveLength(2);
  const first = await asks[0]?.(bearer, 'rq-once-0001');
  for (const { id } of made) await revokeCredential({ ...services, actor }, { credentialId: id });
  expect(await asks[0]?.(bearer, 'rq-once-0001')).not.toBe(first);
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
