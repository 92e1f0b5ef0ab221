import { expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import { listThreads } from '#lib/threads/list-threads.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import type { Chat } from './bot-api/chats.ts';
import { botUser, wireChat } from './bot-api/wire-message.ts';
import { groupOf } from './person.ts';
import { testTelegram } from './test-telegram.ts';

const telegram = await testTelegram({ topicsInPrivate: true });
const { context, server } = telegram;
const serviceMessage = (chat: Chat) => ({ message_id: 900, date: 1, chat: wireChat(chat), from: botUser });

it('gives each thread a topic of its own in a private chat, and hears there what is meant for it', async () => {
  const ada = await telegram.linkedPerson();
  ada.say('create one.txt with "1"');
  const first = await ada.sees(/✅ Done[\s\S]*one\.txt/);
  expect(ada.chat.topics.get(first.topicId)).toBe('create one.txt with "1"');
  ada.say('create two.txt with "2"');
  const second = await ada.sees(/✅ Done[\s\S]*two\.txt/);
  expect(second.topicId).not.toBe(first.topicId);
  ada.say('create three.txt with "3"', { topicId: first.topicId });
  expect((await ada.sees(/✅ Done[\s\S]*three\.txt/)).topicId).toBe(first.topicId);
  ada.say('/diff', { topicId: first.topicId });
  expect((await ada.sees(/three.txt[\s\S]*\+3/)).topicId).toBe(first.topicId);
  expect(await listThreads(context)).toHaveLength(2);
});

it('goes on in the chat itself when the topic is gone or cannot be made', async () => {
  const ada = await telegram.linkedPerson();
  ada.say('create four.txt with "4"');
  const { topicId } = await ada.sees(/✅ Done[\s\S]*four\.txt/);
  ada.chat.topics.delete(topicId);
  const [thread] = await listThreads(context);
  await postMessage(context, { threadId: thread!.id, text: 'create five.txt with "5"' });
  expect((await ada.sees(/✅ Done[\s\S]*five\.txt/)).topicId).toBe(0);
  ada.chat.isForum = false;
  ada.say('/new create six.txt with "6"');
  expect((await ada.sees(/✅ Done[\s\S]*six\.txt/)).topicId).toBe(0);
});

it('in a forum hears commands, replies and what is said in a thread, and nothing else', async () => {
  const ada = await telegram.linkedPerson();
  const forum = groupOf(server, { id: -100_801, title: 'Forum', isForum: true });
  ada.say('good morning', { chat: forum });
  ada.say('/new create seven.txt with "7"', { chat: forum });
  const { topicId } = await ada.sees(/✅ Done[\s\S]*seven\.txt/, forum);
  expect(forum.topics.get(topicId)).toContain('seven.txt');
  const threads = (await listThreads(context)).length;
  ada.say('and a chat about the weather', { chat: forum });
  ada.say('create eight.txt with "8"', { chat: forum, topicId });
  await ada.sees(/✅ Done[\s\S]*eight\.txt/, forum);
  expect(await listThreads(context)).toHaveLength(threads);
});

it('follows a group that becomes a supergroup, whether it is told or finds out', async () => {
  const ada = await telegram.linkedPerson();
  const [told, silent] = [groupOf(server, { id: -901, title: 'Told' }), groupOf(server, { id: -902, title: 'Silent' })];
  for (const group of [told, silent]) {
    ada.say('/new create gone.txt with "x", then delete gone.txt', { chat: group });
    await ada.sees('Keep what this did?', group);
    const upgraded = groupOf(server, { id: group.id - 1_000_000_000_000, title: group.title });
    group.movedTo = upgraded.id;
    if (group === told) server.queue.push({ message: { ...serviceMessage(group), migrate_to_chat_id: upgraded.id } } as never);
    else {
      const [thread] = await listThreads(context);
      const [approval] = openApprovals(await context.ledger.load(thread!.id));
      await answerApproval(context, { approvalId: approval!.approvalId, decision: 'reject' });
    }
    await ada.sees(group === told ? 'Keep what this did?' : '✅ Done', upgraded);
    ada.say('/status', { chat: upgraded });
    expect((await ada.sees('Here: ', upgraded)).text).toContain('gone.txt');
  }
});
