import { request } from 'node:http';
import { expect, it } from 'vitest';
import { freePort } from '#bin/services/free-port.ts';
import { testTelegram } from './test-telegram.ts';

const port = await freePort();
const url = `http://127.0.0.1:${port}/telegram/hook`;
const telegram = await testTelegram({ settings: { TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_PORT: port } });

it('hears by webhook, and asks for nothing', async () => {
  const ada = await telegram.linkedPerson();
  ada.say('create a.txt with "a"');
  await ada.sees('✅ Done');
  expect(telegram.server.calls.filter(({ method }) => method === 'getUpdates')).toHaveLength(0);
  expect(new Set(telegram.server.queue.deliveries)).toEqual(new Set([200]));
});

it('reads no body without the secret, and none that is too large', async () => {
  const secret = String(telegram.server.calls.find(({ method }) => method === 'setWebhook')?.payload.secret_token);
  const status = (headers: Record<string, string>, body = '', path = '/telegram/hook') =>
    new Promise<number | undefined>((resolve, reject) => {
      const sending = request({ port, host: '127.0.0.1', path, method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sending.once('error', reject);
      // Without `end`: an answer that came had not waited for the body.
      if (body) sending.end(body);
      else sending.flushHeaders();
    });
  const header = { 'x-telegram-bot-api-secret-token': secret };
  expect(await status({ 'content-length': '1000' })).toBe(401);
  expect(await status({ 'content-length': '1000', 'x-telegram-bot-api-secret-token': `${secret.slice(0, -1)}x` })).toBe(401);
  expect(await status({ ...header, 'content-length': '2000000' })).toBe(413);
  expect(await status({}, '{}', '//')).toBe(404);
  expect(await status({ ...header }, 'no json')).toBe(400);
  expect(await status({ ...header }, '{}', '/other')).toBe(404);
});
