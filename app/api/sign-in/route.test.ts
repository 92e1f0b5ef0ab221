import { expect, test } from 'vitest';
import { createSignInLink } from '#lib/auth/create-sign-in-link.ts';
import { ensureOwner } from '#lib/auth/ensure-owner.ts';
import { callRoute } from '#tests/call-route.ts';
import { testWebServices } from '#tests/web-services.ts';
import { GET as listCredentials } from '../credentials/route.ts';
import { POST as signOut } from '../sign-out/route.ts';
import { POST as makeLink } from './links/route.ts';
import { POST as signIn } from './route.ts';

const services = await testWebServices();
const owner = await ensureOwner(services);
const origin = 'http://choir.test';
const newCode = async () => (await createSignInLink(services, owner)).code;
const redeem = (code: string, headers: Record<string, string> = {}) => callRoute(signIn, { method: 'POST', json: { code }, headers });
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';

test('a code becomes a session in a cookie that no script and no other site gets', async () => {
  const response = await redeem(await newCode(), { origin, 'user-agent': 'Mozilla/5.0 (iPhone) Version/19 Mobile Safari/604.1' });
  expect(response.status).toBe(200);
  const cookie = response.headers.get('set-cookie') ?? '';
  for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part);
  expect(cookie).not.toContain('Secure');
  expect(JSON.stringify(await response.json())).not.toContain(cookieOf(response).split('=')[1]);
  const listed = await callRoute(listCredentials, { headers: { cookie: cookieOf(response) } });
  expect(await listed.json()).toMatchObject({ credentials: [{ kind: 'device', name: 'Safari on iPhone', current: true }] });
});

test('the cookie is for https alone where the page is', async () => {
  services.settings.CHOIR_PUBLIC_URL = 'https://choir.example';
  const response = await redeem(await newCode(), { origin: 'https://choir.example' });
  services.settings.CHOIR_PUBLIC_URL = undefined;
  expect(response.headers.get('set-cookie')).toContain('; Secure');
});

test('a code works once, and not from another site', async () => {
  const code = await newCode();
  expect((await redeem(code, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await redeem(code)).status).toBe(200);
  const again = await redeem(code);
  expect(again.status).toBe(401);
  expect(await again.json()).toMatchObject({ code: 'unauthenticated', detail: expect.stringContaining('used already') });
});

test('guessing ends in a pause', async () => {
  const guess = () => redeem('choir_link_guess', { 'choir-client-address': '10.9.8.7' });
  const statuses = [];
  for (let attempt = 0; attempt < 21; attempt += 1) statuses.push((await guess()).status);
  expect(new Set(statuses.slice(0, 20))).toEqual(new Set([401]));
  expect(statuses[20]).toBe(429);
  expect((await redeem(await newCode(), { 'choir-client-address': '10.9.8.8' })).status).toBe(200);
});

test('a signed-in person makes a link for the next device, and signs out', async () => {
  const cookie = cookieOf(await redeem(await newCode()));
  const link = await callRoute(makeLink, { method: 'POST', headers: { cookie, origin } });
  const { url } = await link.json();
  expect(url).toMatch(/^http:\/\/choir\.test\/sign-in#choir_link_/);
  expect((await redeem(new URL(url).hash.slice(1))).status).toBe(200);
  const out = await callRoute(signOut, { method: 'POST', headers: { cookie, origin } });
  expect(out.status).toBe(204);
  expect(out.headers.get('set-cookie')).toContain('choir_session=;');
  expect((await callRoute(listCredentials, { headers: { cookie } })).status).toBe(401);
});
