import { expect, it } from 'vitest';
import { connectDatabase } from '#lib/db/connect-database.ts';
import { redeemLinkCode } from '#lib/telegram/redeem-link-code.ts';
import { registerBot } from '#lib/telegram/register-bot.ts';
import { testDatabase } from '#tests/services.ts';
import { telegramLine } from './announce.ts';

it('prints how to link Telegram until somebody is linked', async () => {
  const url = await testDatabase();
  const database = connectDatabase(url, { connections: 1 });
  await registerBot({ database }, { botId: 7, username: 'choir_test_bot' });
  const line = await telegramLine(url);
  const code = /^Telegram: open https:\/\/t\.me\/choir_test_bot\?start=(\S+)$/.exec(line ?? '')?.[1] ?? '';
  await redeemLinkCode({ database }, { code, telegramId: 42, name: 'Ada' });
  expect(await telegramLine(url)).toBeNull();
  await database.close();
});
