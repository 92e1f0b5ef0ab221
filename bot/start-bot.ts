import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Api } from 'grammy';
import type { Services } from '#lib/context.ts';
import type { Settings } from '#lib/settings.ts';
import { heldChats, holdChat } from '#lib/telegram/chats.ts';
import { lockBot } from '#lib/telegram/lock-bot.ts';
import { registerBot } from '#lib/telegram/register-bot.ts';
import type { BotServices } from './bot-services.ts';
import { commandList } from './features/help.ts';
import { createUpdateHandler } from './handle-update.ts';
import { createInbox } from './inbox/create-inbox.ts';
import { pollUpdates } from './inbox/poll-updates.ts';
import { serveWebhook } from './inbox/serve-webhook.ts';
import { createLog } from './log.ts';
import { readChoosableFiles } from './reconcile/choosable-files.ts';
import { createDesk } from './reconcile/create-desk.ts';
import { createTelegram, isUnknownToken } from './send/call-telegram.ts';
import { createSendBudget } from './send/send-budget.ts';

export type BotSettings = Pick<Settings, 'TELEGRAM_API_ROOT' | 'TELEGRAM_WEBHOOK_URL' | 'TELEGRAM_WEBHOOK_PORT' | 'TELEGRAM_SECOND_MS'> & {
  TELEGRAM_BOT_TOKEN: string;
};
export type RunningBot = Awaited<ReturnType<typeof startBot>>;

/** How long what is being sent may take when the bot stops. */
const stopGraceMs = 5_000;
/** How long a bot that is ending may still have the database for itself. */
const handoverMs = 10_000;

/** Starts the bot: it hears, answers and keeps its chats up to date until `stop`. Throws when the token is not valid. */
export async function startBot(services: Services, settings: BotSettings, write?: (line: string) => void) {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT = 'https://api.telegram.org' } = settings;
  const apiRoot = TELEGRAM_API_ROOT.replace(/\/+$/, '');
  const [stopping, deadline] = [new AbortController(), new AbortController()];
  const api = new Api(token, { apiRoot, timeoutSeconds: 60 });
  const uploads = new Api(token, { apiRoot, timeoutSeconds: 900 });
  const log = createLog(token, write);
  const onHeld = (chatId: number, ms: number) =>
    void holdChat(services, { chatId, until: new Date(Date.now() + ms) }).catch((error: unknown) =>
      log('How long a chat is held back was not kept', error),
    );
  const budget = createSendBudget({ secondMs: settings.TELEGRAM_SECOND_MS, onHeld });
  const telegram = createTelegram({ api, uploads, budget, signal: stopping.signal, deadline: deadline.signal, log });
  const me = await telegram.whoAmI().catch((error: unknown) => {
    throw isUnknownToken(error) ? new Error('Telegram does not know this TELEGRAM_BOT_TOKEN. Copy it again from @BotFather.') : error;
  });
  const alone = await lockBot(services.database, handoverMs);
  const bot: BotServices = {
    ...services,
    telegram,
    me,
    epoch: randomUUID(),
    choosableFiles: readChoosableFiles(services.home),
    fileRoot: `${apiRoot}/file/bot${token}/`,
    log,
  };
  // A bot that was killed left them.
  await rm(services.home.telegramFiles, { recursive: true, force: true });
  await registerBot(services, { botId: me.id, username: me.username });
  for (const { chatId, until } of await heldChats(services)) budget.hold(chatId, until.getTime() - Date.now());
  await telegram.ask('setMyCommands', { commands: commandList });

  alone.signal.addEventListener('abort', () => stopping.abort(alone.signal.reason), { once: true });

  const desk = createDesk(bot);
  const inbox = createInbox(bot, createUpdateHandler({ services: bot, desk, api }));
  inbox.wake();
  const { TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_PORT: port } = settings;
  const webhook = url ? await serveWebhook(bot, inbox, { url, port, token }) : null;
  const polling = url ? Promise.resolve() : pollUpdates(bot, inbox);
  bot.log(`The bot @${me.username} is ready${url ? ', by webhook' : ''}.`);

  return {
    username: me.username,
    /** Aborts when the database is not this bot's alone any more: it has to stop, for another one may work on it. */
    lost: alone.signal,
    webhookPort: webhook?.port,
    idle: desk.idle,
    async stop(): Promise<void> {
      stopping.abort(new Error('The bot stops.'));
      const last = setTimeout(() => deadline.abort(), stopGraceMs);
      await webhook?.close();
      await Promise.allSettled([polling]);
      await Promise.all([inbox.close(), desk.close()]);
      clearTimeout(last);
      await alone.release();
    },
  };
}
