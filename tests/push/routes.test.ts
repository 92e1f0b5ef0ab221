import { expect, test } from 'vitest';
import { GET as list } from '#app/api/notifications/route.ts';
import { PUT as settle } from '#app/api/notifications/settings/route.ts';
import { POST as sendTest } from '#app/api/notifications/test/route.ts';
import { PUT as subscribe, DELETE as unsubscribe } from '#app/api/push/subscription/route.ts';
import { PUT as choose, GET as readChoice } from '#app/api/threads/[threadId]/notifications/route.ts';
import { callRoute } from '#tests/call-route.ts';
import { signedIn } from '#tests/web-services.ts';
import { peopleToTell } from './people-to-tell.ts';

const people = await peopleToTell();
const { services, service } = people;
const { cookie, token } = await signedIn(services);
const asDevice = { cookie, origin: 'http://choir.test' };

test('a device is subscribed at a public address over https, or nowhere', async () => {
  const { subscription } = service.newDevice();
  const put = (change: object, headers: Record<string, string> = asDevice) =>
    callRoute(subscribe, { method: 'PUT', headers, json: { ...subscription, ...change } });
  const refused = [
    ...['http://push.example.com/x', 'https://10.0.0.1/x', 'https://[::1]/x', 'https://localhost/x', 'https://169.254.169.254/latest'],
    ...['https://user:pass@push.example.com/x', 'file:///etc/passwd', 'nonsense', `${service.origin.replace('127.0.0.1', '127.0.0.2')}/x`],
  ];
  for (const endpoint of refused) expect((await put({ endpoint })).status, endpoint).toBe(400);
  expect((await put({ keys: { ...subscription.keys, auth: 'c2hvcnQ' } })).status).toBe(400);
  expect((await put({}, { authorization: `Bearer ${token}` })).status).toBe(403);
  expect((await put({}, { cookie, origin: 'https://evil.example' })).status).toBe(403);
  expect((await callRoute(sendTest, { method: 'POST', headers: asDevice })).status).toBe(409);
  expect((await put({})).status).toBe(200);
  expect(await (await callRoute(list, { headers: asDevice })).json()).toMatchObject({ subscribed: true, settings: { graceSeconds: 10 } });
  expect((await callRoute(sendTest, { method: 'POST', headers: asDevice })).status).toBe(201);
  expect((await callRoute(unsubscribe, { method: 'DELETE', headers: asDevice })).status).toBe(204);
  expect(await (await callRoute(list, { headers: asDevice })).json()).toMatchObject({
    subscribed: false,
    publicKey: expect.stringMatching(/^B[\w-]{86}$/),
  });
});

test('settings are what a clock and a time zone can be', async () => {
  const put = (json: object) => callRoute(settle, { method: 'PUT', headers: asDevice, json });
  const good = { quietHours: { from: '22:00', to: '07:30', timeZone: 'Europe/Berlin' }, graceSeconds: 20, escalateMinutes: null };
  expect((await put(good)).status).toBe(200);
  expect(await (await callRoute(list, { headers: asDevice })).json()).toMatchObject({ settings: good });
  for (const quietHours of [
    { ...good.quietHours, from: '24:00' },
    { ...good.quietHours, timeZone: 'Mars/Olympus' },
    { ...good.quietHours, to: '22:00' },
  ])
    expect((await put({ ...good, quietHours })).status).toBe(400);
});

test('what is heard of a thread is chosen for threads that there are', async () => {
  const { threadId } = await people.thread();
  const at = (id: string) => ({ headers: asDevice, params: { threadId: id } });
  expect(await (await callRoute(readChoice, at(threadId))).json()).toEqual({ choice: 'all' });
  expect((await callRoute(choose, { ...at(threadId), method: 'PUT', json: { choice: 'questions' } })).status).toBe(204);
  expect(await (await callRoute(readChoice, at(threadId))).json()).toEqual({ choice: 'questions' });
  expect((await callRoute(choose, { ...at('th_nowhere'), method: 'PUT', json: { choice: 'all' } })).status).toBe(404);
});
