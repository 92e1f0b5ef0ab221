import { recordStanding } from '#lib/telegram/standing-messages.ts';
import type { Incoming } from '../incoming.ts';
import { hashSaid } from '../reconcile/said.ts';
import { goalKey } from '../render/render-thread.ts';
import { spokenWords } from './spoken-words.ts';

/** What somebody's words were to a run: its goal, or guidance while it worked. */
export type Said = { runId: string; as: 'goal' | 'guidance' };

/** By what the message with these words is known. */
export function saidKey({ runId, as }: Said, messageId: number): string {
  return as === 'goal' ? goalKey(runId) : `said:${runId}:${messageId}`;
}

/** So that a reply to one's own words reaches their thread, the run's message hangs below its goal, and an edit of them is known as one. */
export async function rememberSaid(incoming: Incoming, threadId: string, said: Said): Promise<void> {
  const { services, here, msg } = incoming;
  if (!msg) return;
  const { message_id: messageId } = msg;
  await recordStanding(services, {
    chatId: here.chatId,
    key: saidKey(said, messageId),
    threadId,
    messageId,
    hash: hashSaid(spokenWords(incoming)),
  });
}

/** A sign that words to a working run were heard, without a message of its own. */
export async function acknowledge({ services, here, msg }: Incoming): Promise<void> {
  if (!msg) return;
  await services.telegram.attempt('setMessageReaction', {
    chat_id: here.chatId,
    message_id: msg.message_id,
    reaction: [{ type: 'emoji', emoji: '👀' }],
  });
}
