import type { Telegram } from './call-telegram.ts';

/** Removes a message, or at least what can be tapped on it: Telegram removes none that is older than two days. */
export async function removeMessage(telegram: Telegram, message: { chat_id: number; message_id: number }): Promise<void> {
  if ((await telegram.attempt('deleteMessage', message)) === 'refused') await telegram.attempt('editMessageReplyMarkup', message);
}
