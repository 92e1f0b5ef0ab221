import { expect, it } from 'vitest';
import { unlinkAccount } from '#lib/telegram/accounts.ts';
import { listThreads } from '#lib/threads/list-threads.ts';
import { type ChatPerson, groupOf } from './person.ts';
import { testTelegram } from './test-telegram.ts';

/** A draft dies after 20 of these seconds: slow enough that a loaded machine streams before that. */
const telegram = await testTelegram({ secondMs: 100 });
const { context, server } = telegram;
const goal = 'create gone.txt with "x", then delete gone.txt';

async function typist() {
  const [thread] = await listThreads(context);
  const { run, workspaceId, threadId } = await context.ledger.load(thread!.id);
  const runId = run!.runId;
  return (text: string) => context.bus.publishTyping(workspaceId, threadId, { runId, callId: runId, stream: 'text', text });
}

it('streams what a model says as a draft, and puts it into the message before a draft dies', async () => {
  const ada = await telegram.linkedPerson();
  ada.say(`/new ${goal}`);
  await ada.sees('Keep what this did?');
  const type = await typist();
  type('I look at **the');
  await server.until(() => ada.chat.drafts.includes('I look at **the'), 'a draft');
  type(' tests** first 👨‍👩‍👧');
  await server.until(() => ada.chat.drafts.includes('I look at the tests first 👨‍👩‍👧'), 'the same draft, grown');
  const words = setInterval(() => type('.'), 20);
  await ada.sees(/create gone\.txt[\s\S]*I look at the tests first 👨‍👩‍👧\.\./).finally(() => clearInterval(words));
  await ada.tap('Reject');
  await ada.sees('✅ Done');
});

it('streams nothing more to somebody who was unlinked', async () => {
  const ada = await telegram.linkedPerson();
  const bob = await telegram.linkedPerson('Bob');
  ada.say(`/new ${goal}`);
  await ada.sees('Keep what this did?');
  bob.say('/threads');
  await bob.tap(/✋ create gone/);
  await bob.sees('Keep what this did?');
  const type = await typist();
  type('Before');
  await server.until(() => ada.chat.drafts.includes('Before') && bob.chat.drafts.includes('Before'), 'drafts');
  await unlinkAccount(context, { telegramId: ada.id });
  type(' and behind');
  const heard = (chat: ChatPerson) => [...chat.chat.drafts, ...chat.messages().map(({ text }) => text)].join('\n');
  await server.until(() => heard(bob).includes('Before and behind'), 'the words for somebody else');
  type(' it');
  await server.until(() => heard(bob).includes('Before and behind it'), 'one more');
  expect(heard(ada)).not.toContain('behind');
  await bob.tap('Reject');
  await bob.sees('✅ Done');
});

it('streams into the message itself where there are no drafts', async () => {
  const ada = await telegram.linkedPerson();
  const group = groupOf(server, { id: -100_601, title: 'Team' });
  ada.say(`/new ${goal}`, { chat: group });
  await ada.sees('Keep what this did?', group);
  (await typist())('Hello group');
  await ada.sees(/create gone\.txt[\s\S]*Hello group/, group);
  expect(group.drafts.filter(Boolean)).toEqual([]);
  await ada.tap('Reject', group);
  await ada.sees('✅ Done', group);
});
