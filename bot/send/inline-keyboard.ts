import type { InlineKeyboardMarkup } from 'grammy/types';
import { issueButtons } from '#lib/telegram/buttons.ts';
import type { BotServices } from '../bot-services.ts';
import { type ButtonSpec, decides } from '../render/message-spec.ts';

const lookingDays = 30;
const decidingDays = 7;
const day = 86_400_000;
/** Buttons that only look work on after a restart: they belong to no start of the bot. */
const everyEpoch = 'any';

/** A number that changes twice in the life of a button that decides: what still stands then gets its buttons anew. */
export function buttonTerm(now: number): number {
  return Math.floor(now / (decidingDays * day * 0.5));
}

/** The buttons with their ids, kept before anybody can tap them. With `telegramId` they are that person's alone. */
export async function inlineKeyboard(
  services: Pick<BotServices, 'database' | 'epoch'>,
  { chatId, telegramId, buttons }: { chatId: number; telegramId?: number; buttons: ButtonSpec[][] },
): Promise<InlineKeyboardMarkup | undefined> {
  const all = buttons.flat();
  if (all.length === 0) return undefined;
  const ids = new Map<ButtonSpec, string>();
  for (const deciding of [true, false]) {
    const chosen = all.filter(({ action }) => decides(action) === deciding);
    const epoch = deciding ? services.epoch : everyEpoch;
    const lifeMs = (deciding ? decidingDays : lookingDays) * day;
    const issued = await issueButtons(services, { chatId, telegramId, epoch, lifeMs, actions: chosen.map(({ action }) => action) });
    for (const [index, button] of chosen.entries()) ids.set(button, issued[index] ?? '');
  }
  return { inline_keyboard: buttons.map((row) => row.map((button) => ({ text: button.label, callback_data: ids.get(button) ?? '' }))) };
}
