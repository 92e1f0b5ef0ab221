import { expect, it } from 'vitest';
import { redeemLinkCode } from '#lib/telegram/redeem-link-code.ts';
import { registerBot } from '#lib/telegram/register-bot.ts';
import { callRoute } from '#tests/call-route.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { DELETE } from './accounts/[telegramId]/route.ts';
import { GET } from './accounts/route.ts';
import { POST } from './links/route.ts';

const services = await testWebServices();
const { token } = await signedIn(services);
const headers = { authorization: `Bearer ${token}` };

it('links, lists and unlinks', async () => {
  await registerBot(services, { botId: 7, username: 'choir_test_bot' });
  const made = await (await callRoute(POST, { method: 'POST', headers })).json();
  expect(made.url).toBe(`https://t.me/choir_test_bot?start=${made.code}`);
  expect(made.code).toMatch(/^[\w-]{1,64}$/);
  await redeemLinkCode(services, { code: made.code, telegramId: 42, name: 'Ada' });
  expect(await (await callRoute(GET, { headers })).json()).toMatchObject({
    bot: 'choir_test_bot',
    accounts: [{ telegramId: 42, name: 'Ada' }],
  });
  const unlink = () => callRoute(DELETE, { method: 'DELETE', headers, params: { telegramId: '42' } });
  expect((await unlink()).status).toBe(204);
  expect((await unlink()).status).toBe(404);
});

it('rejects a code that was used, and whoever is not signed in', async () => {
  const { code } = await (await callRoute(POST, { method: 'POST', headers })).json();
  const attempts = await Promise.allSettled([1, 2, 3].map((telegramId) => redeemLinkCode(services, { code, telegramId, name: 'x' })));
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await callRoute(POST, { method: 'POST' })).status).toBe(401);
});
