import { Composer } from 'grammy';
import { isActive } from '#lib/core/state.ts';
import { findStanding, recordStanding } from '#lib/telegram/standing-messages.ts';
import { getThread } from '#lib/threads/get-thread.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import type { Incoming } from '../incoming.ts';
import { hashSaid, isSaid } from '../reconcile/said.ts';
import { acknowledge, saidKey } from './remember-said.ts';
import { goalOfNew, spokenWords } from './spoken-words.ts';

/** A person changes what they said: guidance to the run that works on it, and nothing behind its end. Telegram tells of edits that change no word, too. */
export const edits = new Composer<Incoming>();

edits.on(['edited_message:text', 'edited_message:caption'], async (incoming) => {
  const { services, here, msg } = incoming;
  const standing = await findStanding(services, { chatId: here.chatId, messageId: msg.message_id });
  const words = spokenWords(incoming);
  const hash = hashSaid(words);
  if (!standing || !isSaid(standing.hash) || standing.hash === hash) return;
  const { threadId } = standing;
  const { run } = await getThread(incoming.verb, { threadId });
  const isHeard =
    isActive(run) && (['goal', 'guidance'] as const).some((as) => saidKey({ runId: run.runId, as }, msg.message_id) === standing.key);
  const text = goalOfNew(words) ?? words;
  if (isHeard && text !== '') {
    await postMessage(incoming.verb, { threadId, text });
    await acknowledge(incoming);
    await incoming.desk.touchThread(threadId);
  } else await incoming.say('This was worked on already. Send what should change as a new message.');
  await recordStanding(services, { ...standing, hash });
});
