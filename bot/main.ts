import { openServices } from '#lib/open-services.ts';
import { readSettings } from '#lib/settings.ts';
import { startBot } from './start-bot.ts';

const settings = readSettings();
const { TELEGRAM_BOT_TOKEN } = settings;
if (!TELEGRAM_BOT_TOKEN) throw new Error('Set TELEGRAM_BOT_TOKEN to the token that @BotFather gave you.');

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

const services = await openServices(settings, 'choir bot');
const bot = await startBot(services, { ...settings, TELEGRAM_BOT_TOKEN });
if (!stop.signal.aborted) await new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true }));
await bot.stop();
await services.close();
