import { Composer } from 'grammy';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { changeCurrentThread } from '#lib/telegram/chats.ts';
import { closePrompt, findPrompt, type OpenPrompt } from '#lib/telegram/prompts.ts';
import { createThread } from '#lib/threads/create-thread.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import type { Incoming } from '../incoming.ts';
import { type Along, attach, filesAlong, keepFiles, keepRecording, takeAlong } from './attach-files.ts';
import { chosenRun, readChoices } from './choices/choice-menu.ts';
import { type SentFile, sentFiles } from './download-media.ts';
import { isAddressed } from './gate.ts';
import { hearVoice } from './hear-voice.ts';
import { acknowledge, rememberSaid, type Said } from './remember-said.ts';
import { showOutcome, showThread } from './show-thread.ts';
import { goalOfNew, isCommand, spokenWords } from './spoken-words.ts';
import { targetThread } from './target-thread.ts';

/** Words and files: a goal, guidance, the next goal, or the answer to "What should change?". */
export const goals = new Composer<Incoming>();

goals.on(
  [
    'message:text',
    'message:caption',
    'message:photo',
    'message:video',
    'message:video_note',
    'message:audio',
    'message:voice',
    'message:document',
  ],
  async (incoming) => {
    const written = spokenWords(incoming);
    const sent = sentFiles(incoming.album);
    const prompt = await findPrompt(incoming.services, { ...incoming.here, telegramId: incoming.senderId });
    const isAnswer = prompt !== null && answers(incoming, prompt);
    const goal = goalOfNew(written);
    if (goal !== null) return goal === '' && sent.length === 0 ? askForGoal(incoming) : startThread(incoming, goal, sent);
    // A password may look like one.
    if (isCommand(written) && !(isAnswer && prompt.isSecret)) {
      if (isAddressed(incoming)) await incoming.say('I do not know this command. /help lists what I know.');
      return;
    }
    const threadId = await targetThread(incoming);
    if (!threadId && !isAddressed(incoming)) return;
    const isVoice = written === '' && incoming.msg.voice !== undefined;
    const heard = isVoice ? await hearVoice(incoming, threadId) : { text: written };
    if ('problem' in heard) return keepRecording(incoming, threadId, heard.problem);
    const { text } = heard;
    if (isAnswer && text) return modify(incoming, prompt, text);
    if (prompt && !prompt.open) await withdrawPrompt(incoming, prompt);
    // Of a recording that was understood the words are enough.
    const files = isVoice ? [] : sent;
    if (text === '' && sent.length === 0) await incoming.say('What should be done?');
    else if (text === '') await keepFiles(incoming, threadId);
    else if (threadId) await speakTo(incoming, threadId, text, files);
    else await startThread(incoming, text, files);
  },
);

goals.on(['message:sticker', 'message:location', 'message:contact', 'message:poll', 'message:dice'], async (incoming) => {
  if (isAddressed(incoming)) await incoming.say('I take words, voice, pictures, films and files.');
});

async function askForGoal(incoming: Incoming): Promise<void> {
  await changeCurrentThread(incoming.services, incoming.here.chatId, null);
  await incoming.say('A new thread: what should be done?');
}

async function startThread(incoming: Incoming, goal: string, sent: SentFile[]): Promise<void> {
  if (goal === '') return keepFiles(incoming, null);
  const [{ projectId }, chosen, along] = await Promise.all([readChoices(incoming), chosenRun(incoming), filesAlong(incoming, null, sent)]);
  await takeAlong(incoming, along, async (attachments) => {
    const { threadId, runId } = await createThread(incoming.verb, { goal, projectId, ...chosen }, attachments);
    await settleSaid(incoming, threadId, { runId, as: 'goal' }, along);
  });
}

async function speakTo(incoming: Incoming, threadId: string, text: string, sent: SentFile[]): Promise<void> {
  const [chosen, along] = await Promise.all([chosenRun(incoming), filesAlong(incoming, threadId, sent)]);
  await takeAlong(incoming, along, async (attachments) => {
    const posted = await postMessage(incoming.verb, { threadId, text }, { attachments, placed: along.placed, nextGoal: chosen });
    await settleSaid(incoming, threadId, posted, along);
  });
}

/** Words took effect: what came along is no longer waiting, and the chat shows that they were heard. */
export async function settleSaid(incoming: Incoming, threadId: string, said: Said, along?: Along): Promise<void> {
  await (along ?? (await filesAlong(incoming, threadId, []))).done();
  await rememberSaid(incoming, threadId, said);
  const { topicId } = await showThread(incoming, threadId);
  // Where it goes on in a topic of its own, nothing else here says that it was heard.
  if (said.as === 'guidance' || topicId !== incoming.here.topicId) await acknowledge(incoming);
}

/** A reply answers what it replies to, and nothing else; in a topic each message is a reply to its beginning. */
function answers({ msg }: Incoming, { messageId, isAwaited }: OpenPrompt): boolean {
  const replied = msg?.reply_to_message;
  return replied && !replied.forum_topic_created && messageId !== 0 ? replied.message_id === messageId : isAwaited;
}

async function modify(incoming: Incoming, prompt: OpenPrompt, note: string): Promise<void> {
  const { approvalId, threadId, open, isSecret } = prompt;
  if (open && threadId && !isSecret && !incoming.msg?.voice) await attach(incoming, threadId);
  const answered = await answerApproval(incoming.verb, { approvalId, decision: 'modify', note }).catch(async (error: unknown) => {
    // Too late, and a password all the same.
    if (isSecret) await removeSecret(incoming);
    if (!open) await withdrawPrompt(incoming, prompt);
    throw error;
  });
  await settleAnswer(incoming, prompt, answered);
}

/** The words of this update answered a prompt: of a password nothing stays in the chat. */
export async function settleAnswer(
  incoming: Incoming,
  prompt: OpenPrompt,
  { threadId, runId }: { threadId: string; runId: string },
): Promise<void> {
  if (prompt.isSecret) await removeSecret(incoming);
  else await rememberSaid(incoming, threadId, { runId, as: 'guidance' });
  await withdrawPrompt(incoming, prompt);
  await showOutcome(incoming, threadId);
}

/** Nothing remembers a password: neither the chat nor a hash of it. */
async function removeSecret(incoming: Incoming): Promise<void> {
  const { services, here, msg } = incoming;
  const gone = await services.telegram.attempt('deleteMessage', { chat_id: here.chatId, message_id: msg?.message_id ?? 0 });
  if (gone !== 'done') await incoming.say('I could not remove your message. Remove it yourself, so that nobody reads it here.');
}

/** Nobody waits for the answer any more. */
async function withdrawPrompt({ services, here, senderId }: Incoming, { messageId }: OpenPrompt): Promise<void> {
  await closePrompt(services, { ...here, telegramId: senderId });
  if (messageId !== 0) await services.telegram.attempt('deleteMessage', { chat_id: here.chatId, message_id: messageId });
}
