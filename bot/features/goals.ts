import { Composer } from 'grammy';
import type { Message } from 'grammy/types';
import { describeAgent } from '#lib/agents/agent-catalog.ts';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { nameAttachments } from '#lib/attachments/attachments.ts';
import { changeChat, readChat } from '#lib/telegram/chats.ts';
import { closePrompt, findPrompt, type Prompt } from '#lib/telegram/prompts.ts';
import { recordStanding } from '#lib/telegram/standing-messages.ts';
import { createThread } from '#lib/threads/create-thread.ts';
import { getThread } from '#lib/threads/get-thread.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import type { Incoming } from '../incoming.ts';
import { foreign } from '../reconcile/plan-operations.ts';
import { goalKey } from '../render/render-thread.ts';
import { attach, fileRepliedTo, keepRecording } from './attach-files.ts';
import { withDownloads } from './download-media.ts';
import { isAddressed } from './gate.ts';
import { hearVoice } from './hear-voice.ts';
import { showThread } from './show-thread.ts';
import { targetThread } from './target-thread.ts';

/** Words and files: a goal, guidance, the next goal, or the answer to "What should change?". */
export const goals = new Composer<Incoming>();

goals.command('new', async (incoming) => {
  const goal = incoming.match.trim();
  if (goal) return startThread(incoming, goal, incoming.album);
  await changeChat(incoming.services, incoming.here.chatId, { currentThreadId: null });
  await incoming.say('A new thread: what should be done?');
});

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
    const written = incoming.album.map(({ text: words, caption }) => words ?? caption ?? '').find((words) => words.trim() !== '') ?? '';
    if (written.startsWith('/')) {
      if (isAddressed(incoming)) await incoming.say('I do not know this command. /help lists what I know.');
      return;
    }
    const threadId = await targetThread(incoming);
    if (!threadId && !isAddressed(incoming)) return;
    const heard = written === '' && incoming.msg.voice ? await hearVoice(incoming, threadId) : { text: written };
    if ('problem' in heard) return keepRecording(incoming, threadId, heard.problem);
    const { text } = heard;
    const prompt = await findPrompt(incoming.services, { ...incoming.here, telegramId: incoming.senderId });
    const replied = incoming.msg.reply_to_message;
    const answersIt = replied && !replied.forum_topic_created ? replied.message_id === prompt?.messageId : prompt?.open;
    if (prompt && text && answersIt) return modify(incoming, prompt, text);
    const words = text.replaceAll(`@${incoming.me.username}`, '').trim();
    // Of a recording that was understood the words are enough.
    const sent = incoming.msg.voice && written === '' ? [] : incoming.album;
    const files = [...sent, ...(await fileRepliedTo(incoming))];
    if (threadId) await speakTo(incoming, threadId, words, files);
    else await startThread(incoming, words, files);
  },
);

goals.on(['message:sticker', 'message:location', 'message:contact', 'message:poll', 'message:dice'], async (incoming) => {
  if (isAddressed(incoming)) await incoming.say('I take words, voice, pictures, films and files.');
});

async function startThread(incoming: Incoming, goal: string, files: Message[]): Promise<void> {
  const { services, here } = incoming;
  if (goal === '') {
    await incoming.say('What should be done with it? Reply to it with your goal.');
    return;
  }
  const { choices } = await readChat(services, here.chatId);
  await withDownloads(incoming.services, files, async (attachments) => {
    const { threadId, runId } = await createThread(incoming.verb, { goal, ...choices }, attachments);
    await rememberMessage(incoming, threadId, goalKey(runId));
    await showThread(incoming, threadId);
  });
}

async function speakTo(incoming: Incoming, threadId: string, words: string, files: Message[]): Promise<void> {
  const { choices } = await readChat(incoming.services, incoming.here.chatId);
  await withDownloads(incoming.services, files, async (attachments) => {
    const paths = await attach(incoming, threadId, attachments);
    if (words === '') return rememberMessage(incoming, threadId, `in:${incoming.msg?.message_id}`);
    const { run } = await getThread(incoming.verb, { threadId });
    const active = run !== null && ['queued', 'running', 'waiting'].includes(run.status);
    const chosen = active ? {} : { agent: choices.agent, mode: choices.mode };
    const text = nameAttachments(words, paths, chosen.agent ?? run?.agent ?? describeAgent('rules')?.id ?? '');
    const { runId, as } = await postMessage(incoming.verb, { threadId, text, ...chosen });
    await rememberMessage(incoming, threadId, as === 'goal' ? goalKey(runId) : `in:${incoming.msg?.message_id}`);
    if (as === 'guidance') await acknowledge(incoming);
    await showThread(incoming, threadId);
  });
}

async function modify(incoming: Incoming, prompt: Prompt, note: string): Promise<void> {
  const { services, here, senderId } = incoming;
  const { threadId } = await answerApproval(incoming.verb, { approvalId: prompt.approvalId, decision: 'modify', note });
  await closePrompt(services, { ...here, telegramId: senderId });
  await rememberMessage(incoming, threadId, `in:${incoming.msg?.message_id}`);
  await services.telegram.attempt('deleteMessage', { chat_id: here.chatId, message_id: prompt.messageId });
  await incoming.desk.touchThread(threadId);
}

/** So that a reply to one's own words reaches their thread, and the run's message hangs below its goal. */
async function rememberMessage(incoming: Incoming, threadId: string, key: string): Promise<void> {
  const messageId = incoming.msg?.message_id;
  if (messageId !== undefined)
    await recordStanding(incoming.services, { chatId: incoming.here.chatId, key, threadId, messageId, hash: foreign });
}

/** A sign that guidance was heard, without a message of its own. */
async function acknowledge(incoming: Incoming): Promise<void> {
  const { telegram } = incoming.services;
  const messageId = incoming.msg?.message_id;
  if (messageId === undefined) return;
  await telegram.attempt('setMessageReaction', {
    chat_id: incoming.here.chatId,
    message_id: messageId,
    reaction: [{ type: 'emoji', emoji: '👀' }],
  });
}
