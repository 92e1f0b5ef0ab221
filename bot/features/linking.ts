import { Composer } from 'grammy';
import { redeemLinkCode } from '#lib/telegram/redeem-link-code.ts';
import type { Incoming } from '../incoming.ts';
import { bold, lines, paragraphs } from '../render/rich-text.ts';
import { helpText } from './help.ts';

/** `/start CODE` from a deep link, or typed: the only thing that works for somebody who is not linked. Stands before the gate. */
export const linking = new Composer<Incoming>();

linking.command(['start', 'link'], async (incoming, next) => {
  const code = incoming.match.trim();
  if (!code.startsWith('choir_telegram_')) return next();
  if (!incoming.isPrivate) {
    await incoming.say('Send the code in a private chat with me: here others could read it.');
    return;
  }
  const { first_name: first = '', last_name: last = '', username } = incoming.from ?? {};
  const name = `${first} ${last}`.trim() + (username ? ` (@${username})` : '');
  await redeemLinkCode(incoming.services, { code, telegramId: incoming.senderId, name: name.slice(0, 120) });
  await incoming.say(paragraphs(lines(bold('Linked.'), 'Tell me what should be done, in your own words.'), helpText));
});
