import { changeCurrentThread } from '#lib/telegram/chats.ts';
import { findPlace, findTopic, type Place, placeThread } from '#lib/telegram/places.ts';
import { getThread } from '#lib/threads/get-thread.ts';
import type { Incoming } from '../incoming.ts';
import { proseLine } from '../render/safe-text.ts';
import { priorities } from '../send/send-budget.ts';

/** Shows a thread in this chat from now on: in a topic of its own where there are topics, else as what the chat is about. */
export async function showThread(incoming: Incoming, threadId: string): Promise<Place> {
  const { services, here, senderId } = incoming;
  const { title } = await getThread(incoming.verb, { threadId });
  const known = await findPlace(services, { chatId: here.chatId, threadId });
  const topicId = known?.topicId ?? (await ownTopic(incoming, title));
  const place = known ?? (await placeThread(services, { chatId: here.chatId, topicId, threadId, telegramId: senderId }));
  if (place.topicId === 0) await changeCurrentThread(services, here.chatId, threadId);
  incoming.desk.touch(place);
  return place;
}

/** What somebody did here is seen here, also where the thread showed for somebody who is gone since. */
export async function showOutcome({ services, here, senderId, desk }: Incoming, threadId: string): Promise<void> {
  await placeThread(services, { ...here, threadId, telegramId: senderId });
  await desk.touchThread(threadId);
}

/** A topic that is about no thread yet is taken; else one is made. 0 where the chat has none, or the bot may not make one. */
async function ownTopic(incoming: Incoming, title: string): Promise<number> {
  const { services, here } = incoming;
  if (!incoming.hasTopics) return 0;
  if (here.topicId && !(await findTopic(services, here))) return here.topicId;
  const topic = { chat_id: here.chatId, name: proseLine(title, 100) || 'Thread' };
  const made = await services.telegram.send(priorities.answer, 'createForumTopic', topic).catch((error: unknown) => {
    services.telegram.signal.throwIfAborted();
    services.log('No topic could be made', error);
    return null;
  });
  return made?.message_thread_id ?? 0;
}
