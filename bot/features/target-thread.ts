import { DomainError } from '#lib/core/domain-error.ts';
import { readChat } from '#lib/telegram/chats.ts';
import { findPlace, findTopic } from '#lib/telegram/places.ts';
import { findStanding } from '#lib/telegram/standing-messages.ts';
import type { Incoming } from '../incoming.ts';

/** The thread that a message speaks to: of the message it replies to, of the topic, else the current one of the chat. */
export async function targetThread(incoming: Incoming): Promise<string | null> {
  const { services, here } = incoming;
  const replied = incoming.msg?.reply_to_message?.message_id;
  if (replied !== undefined) {
    const standing = await findStanding(services, { chatId: here.chatId, messageId: replied });
    if (standing) return standing.threadId;
  }
  if (here.topicId) return (await findTopic(services, here))?.threadId ?? null;
  const { currentThreadId } = await readChat(services, here.chatId);
  if (!currentThreadId) return null;
  return (await findPlace(services, { chatId: here.chatId, threadId: currentThreadId })) ? currentThreadId : null;
}

/** The same for a command that needs one. Throws `not-found` with what to do. */
export async function requireTarget(incoming: Incoming): Promise<string> {
  const threadId = await targetThread(incoming);
  if (!threadId) throw new DomainError('not-found', 'No thread here yet. Tell me what should be done, or choose one with /threads.');
  return threadId;
}
