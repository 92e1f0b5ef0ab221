import { Composer } from 'grammy';
import { DomainError } from '#lib/core/domain-error.ts';
import { findLinkedPerson } from '#lib/telegram/accounts.ts';
import { redeemLinkCode, voidLinkCode } from '#lib/telegram/redeem-link-code.ts';
import type { Incoming } from '../incoming.ts';
import { bold, code, lines, paragraphs } from '../render/rich-text.ts';
import { cutText } from '../render/safe-text.ts';

/** `/start CODE` from a deep link, or typed: the only thing that works for somebody who is not linked. Stands before the gate. */
export const linking = new Composer<Incoming>();

linking.command(['start', 'link'], async (incoming, next) => {
  const linkCode = incoming.match.trim();
  if (!linkCode.startsWith('choir_telegram_')) return next();
  if (!incoming.isPrivate) {
    if (!(await voidLinkCode(incoming.services, { code: linkCode }))) return next();
    await incoming.say(
      'Others could read this code here, so it works no more. Make a new one in Choir, and send it to me in a private chat.',
    );
    return;
  }
  const { first_name: first = '', last_name: last = '', username } = incoming.from ?? {};
  const name = `${first} ${last}`.trim() + (username ? ` (@${username})` : '');
  const account = { code: linkCode, telegramId: incoming.senderId, name: cutText(name, 120) };
  const refused = await redeemLinkCode(incoming.services, account).then(
    () => null,
    (error: unknown) => error,
  );
  if (refused) {
    // The link may be opened again whenever somebody looks for the chat.
    if (!(refused instanceof DomainError) || !(await findLinkedPerson(incoming.services, incoming.senderId))) throw refused;
    await incoming.say('You are linked already. Tell me what should be done, or see /help.');
    return;
  }
  const example = code('write a Python script that prints the first 10 primes, and run it');
  await incoming.say(
    paragraphs(
      bold('Linked.'),
      lines('Tell me what should be done, in your own words. For example:', example),
      '/help says what else I can do.',
    ),
  );
});
