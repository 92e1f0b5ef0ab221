import { expect, it } from 'vitest';
import { startBotApi } from '#tests/telegram/bot-api/start-bot-api.ts';
import { testWorker } from '#tests/test-worker.ts';
import { createLog } from './log.ts';
import { startBot } from './start-bot.ts';

const { context } = await testWorker();

it('says what is wrong with a token that Telegram does not know, and not the token', async () => {
  const server = await startBotApi();
  const settings = { TELEGRAM_API_ROOT: `${server.root}/`, TELEGRAM_SECOND_MS: 20, TELEGRAM_WEBHOOK_PORT: 0 };
  const starting = startBot(context, { ...settings, TELEGRAM_BOT_TOKEN: '1:wrong-token' });
  await expect(starting).rejects.toThrow('Telegram does not know this TELEGRAM_BOT_TOKEN. Copy it again from @BotFather.');
  await server.stop();
});

it('logs no token, whatever an error carries', () => {
  const lines: string[] = [];
  const log = createLog('12:secret-part', (line) => lines.push(line));
  log(
    'A call failed',
    new Error('fetch https://api.telegram.org/bot12:secret-part/getMe', { cause: { url: '/file/bot12:secret-part/x' } }),
  );
  expect(lines.join()).toContain('A call failed');
  expect(lines.join()).not.toContain('secret-part');
});
