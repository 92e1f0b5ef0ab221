import { openServices } from '#lib/open-services.ts';
import { readSettings } from '#lib/settings.ts';
import { createLog } from './log.ts';
import { startBot } from './start-bot.ts';

const settings = readSettings();
const { TELEGRAM_BOT_TOKEN } = settings;
if (!TELEGRAM_BOT_TOKEN) throw new Error('Set TELEGRAM_BOT_TOKEN to the token that @BotFather gave you.');

// What Node itself would print of an error may hold the token.
process.once('uncaughtException', (error) => {
  createLog(TELEGRAM_BOT_TOKEN)('The bot cannot go on', error);
  process.exit(1);
});

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

const services = await openServices(settings, 'choir bot');
const bot = await startBot(services, { ...settings, TELEGRAM_BOT_TOKEN });
const ended = AbortSignal.any([stop.signal, bot.lost]);
if (!ended.aborted) await new Promise((resolve) => ended.addEventListener('abort', resolve, { once: true }));
await bot.stop();
await services.close();
if (!stop.signal.aborted) {
  console.error('[bot] The database was lost for a while, and with it the right to be its only bot.');
  process.exitCode = 1;
}
