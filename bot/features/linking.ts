import { Composer } from 'grammy';
import { DomainError } from '#lib/core/domain-error.ts';
import { findLinkedPerson } from '#lib/telegram/accounts.ts';
import { redeemLinkCode, voidLinkCode } from '#lib/telegram/redeem-link-code.ts';
import type { Incoming } from '../incoming.ts';
import { bold, code, lines, paragraphs } from '../render/rich-text.ts';
import { cutText, proseLine } from '../render/safe-text.ts';
import { createManners, type Manners } from './manners.ts';

const wrongCodes = 5;

/** `/start CODE` from a deep link, or typed: the only thing that works for somebody who is not linked. Stands before the gate. */
export function createLinking(): Composer<Incoming> {
  const linking = new Composer<Incoming>();
  const refusals = createManners(wrongCodes);

  linking.command(['start', 'link'], async (incoming, next) => {
    const linkCode = incoming.match.trim();
    if (!linkCode.startsWith('choir_telegram_')) return next();
    if (incoming.isPrivate) return link(incoming, linkCode, refusals);
    if (!(await voidLinkCode(incoming.services, { code: linkCode }))) return next();
    await incoming.say(
      'Others could read this code here, so it works no more. Make a new one in Choir, and send it to me in a private chat.',
    );
  });
  return linking;
}

async function link(incoming: Incoming, linkCode: string, refusals: Manners): Promise<void> {
  const { services, senderId } = incoming;
  const { first_name: first = '', last_name: last = '', username } = incoming.from ?? {};
  const name = `${first} ${last}`.trim() + (username ? ` (@${username})` : '');
  try {
    const linked = await redeemLinkCode(services, { code: linkCode, telegramId: senderId, name: cutText(name, 120) });
    await incoming.say(welcome(linked));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // The link may be opened again whenever somebody looks for the chat.
    if (await findLinkedPerson(services, senderId))
      await incoming.say('You are linked already. Tell me what should be done, or see /help.');
    else if (refusals.isDue(senderId, services.telegram.budget.secondMs)) throw error;
  }
}

/** Whoever opened the link of somebody else sees whose words theirs are from now on. */
function welcome({ name, before }: { name: string; before: string | null }) {
  const example = code('write a Python script that prints the first 10 primes, and run it');
  return paragraphs(
    bold('Linked.'),
    before !== null && `You spoke for ${proseLine(before, 80)}, and speak for ${proseLine(name, 80)} from now on.`,
    lines('Tell me what should be done, in your own words. For example:', example),
    '/help says what else I can do.',
  );
}
