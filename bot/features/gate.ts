import type { NextFunction } from 'grammy';
import { findLinkedPerson } from '#lib/telegram/accounts.ts';
import { reopenChat } from '#lib/telegram/chats.ts';
import type { Incoming } from '../incoming.ts';
import { createManners } from './manners.ts';

const line = 'This bot works for the people who are linked to it. Whoever runs Choir can make a link for you.';

/** Only linked people pass. Anybody else gets one polite line, now and then, and nothing happens. */
export function createGate() {
  const greetings = createManners(1);

  return async function gate(incoming: Incoming, next: NextFunction): Promise<void> {
    const { senderId, services } = incoming;
    // What somebody sends by way of an inline query are the bot's own words.
    if (senderId === 0 || incoming.from?.is_bot || incoming.msg?.via_bot?.id === incoming.me.id) return;
    if (incoming.msg && !incoming.callbackQuery && !isAddressed(incoming) && !incoming.here.topicId) return;
    incoming.person = await findLinkedPerson(services, senderId);
    if (incoming.person) {
      if (incoming.msg && !incoming.callbackQuery) await reopenChat(services, incoming.here.chatId);
      return next();
    }
    if (incoming.callbackQuery) return incoming.answerTap(line, { alert: true });
    if (incoming.inlineQuery) {
      const answer = {
        inline_query_id: incoming.inlineQuery.id,
        results: [],
        cache_time: 0,
        is_personal: true,
        button: { text: 'Link this account first', start_parameter: 'link' },
      };
      await services.telegram.attempt('answerInlineQuery', answer);
      return;
    }
    if (isAddressed(incoming) && greetings.isDue(senderId, services.telegram.budget.secondMs)) await incoming.say(line);
  };
}

/** `/status@other_bot` in a group is not for this one. */
function isCommandForMe(text: string, username: string): boolean {
  const command = /^\/\w+(?:@(\w+))?/.exec(text);
  return command !== null && (command[1] ?? username).toLowerCase() === username.toLowerCase();
}

function isMentioned(text: string, username: string): boolean {
  return new RegExp(`@${username}\\b`, 'i').test(text);
}

/** In a group not every word is meant for the bot: a command is, a reply to it, and what is said in a thread's topic. */
export function isAddressed(incoming: Incoming): boolean {
  if (incoming.isPrivate) return true;
  const { msg, me } = incoming;
  const text = msg?.text ?? msg?.caption ?? '';
  return isCommandForMe(text, me.username) || msg?.reply_to_message?.from?.id === me.id || isMentioned(text, me.username);
}
