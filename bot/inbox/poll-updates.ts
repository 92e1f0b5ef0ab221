import { setTimeout as sleep } from 'node:timers/promises';
import { GrammyError } from 'grammy';
import { nextUpdateId } from '#lib/telegram/inbox.ts';
import type { BotServices } from '../bot-services.ts';
import type { Inbox } from './create-inbox.ts';

/** What the bot wants to hear of. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query', 'inline_query'] as const;

const pollSeconds = 30;
const pauseSeconds = 3;

/** Asks Telegram for updates until the bot stops. The next question acknowledges what is safe in the inbox, and nothing before. */
export async function pollUpdates({ telegram, database, log }: BotServices, inbox: Inbox): Promise<void> {
  const { signal, budget } = telegram;
  await telegram.ask('deleteWebhook', { drop_pending_updates: false });
  let offset = await nextUpdateId(database);
  while (!signal.aborted) {
    try {
      const updates = await telegram.ask('getUpdates', { offset, limit: 100, timeout: pollSeconds, allowed_updates: allowedUpdates });
      await inbox.accept(updates);
      const last = updates.at(-1);
      // After a week without any Telegram numbers from elsewhere: an offset of old would hide what comes.
      offset = last ? last.update_id + 1 : await nextUpdateId(database);
    } catch (error) {
      if (signal.aborted) return;
      const twice = error instanceof GrammyError && error.error_code === 409;
      log(
        twice ? 'Another bot runs with the same token: only one of them hears of an update' : 'Updates could not be fetched',
        twice ? undefined : error,
      );
      await sleep(pauseSeconds * budget.secondMs, undefined, { signal }).catch(() => {});
    }
  }
}
