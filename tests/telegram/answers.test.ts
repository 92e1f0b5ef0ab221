import { describe, expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { listThreads } from '#lib/threads/list-threads.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { create, shell } from '#tests/run-bench.ts';
import { rulesAgent } from '#workers/agents/rules/rules-agent.ts';
import type { ChatMessage } from './bot-api/chats.ts';
import { type ChatPerson, dataOf, groupOf } from './person.ts';
import { testTelegram } from './test-telegram.ts';

const numbered = Array.from({ length: 60 }, (_, at) => `price ${at + 1}\n`).join('');
const edit = 'rm old.md; sed -i "3s/.*/THREE/; 30s/.*/THIRTY/; 55s/.*/LAST/" list.txt; printf "\\0" > logo.bin';
const tidying = stepAgent([create('list.txt', numbered), create('old.md', 'old\n'), shell(edit)]);
const telegram = await testTelegram({
  agent: { ...rulesAgent, next: (view, signal) => (view.run.goal === 'tidy up' ? tidying : rulesAgent).next(view, signal) },
});
const { context, openApproval, server } = telegram;

it('takes a goal from the first word to the way back, in one chat', async () => {
  const ada = await telegram.linkedPerson();
  ada.say(
    'create notes.md with "- buy milk", then write a Python script that prints the first 10 Fibonacci numbers and run it, then delete notes.md',
  );
  const card = await ada.sees('Keep what this did?');
  expect(card.silent).toBe(false);
  expect((await ada.tap('Approve')).text).toContain('Approved');
  await ada.sees('✅ Done');
  await ada.sees(/stored ✓ → delivered ✓ → executed ✓/);
  await ada.tap('Take back');
  await ada.sees('Go back to #0?');
  await ada.tap('Files and conversation');
  await ada.sees('Back at #0');
  await ada.tap('Undo');
  await ada.sees(/Going back was undone, #[1-9]/);
});

it('keeps the files and the parts that were ticked, also where the bot that took a tick never showed it', async () => {
  const ada = await telegram.linkedPerson();
  ada.say('/new tidy up');
  const card = await ada.sees('Keep what this did?');
  const shows = (words: string) => server.until(() => JSON.stringify([card.text, card.keyboard]).includes(words), `${words} on the card`);
  await ada.tap('Choose');
  await shows('Keep all 3 files');
  await ada.tap('logo.bin');
  await shows('Keep 2 of 3 files');
  await ada.tap('3 parts');
  await shows('-price 30\\n+THIRTY\\n');
  server.trouble((method) => (method === 'editMessageText' ? 'refused' : null));
  await ada.tap('Part 2');
  await telegram.stopBot();
  server.trouble(() => null);
  await telegram.startBot();
  await shows('2 of 3 parts');
  await ada.tap('Part 3');
  await shows('1 of 3 parts');
  await ada.tap('Files');
  await shows('Keep 2 of 3 files without 2 parts');
  expect((await ada.tap('Keep')).text).toBe('✅ Approved: 2 of 3 files without 2 parts');
  await shows('✅ Approved in part by you');
  await shows('executed ✓ Kept 2 of 3 files without 2 parts, 1 of them deleted');
  await ada.sees('✅ Done');
  const [thread] = await listThreads(context);
  const { checkpoints } = await context.ledger.load(thread!.id);
  expect(checkpoints.at(-1)?.changes.files).toMatchObject([
    { path: 'list.txt', additions: 1, deletions: 1 },
    { path: 'old.md', status: 'deleted' },
  ]);
});

it('ticks for everybody in a group what is kept, and no more once that is over', async () => {
  const ada = await telegram.linkedPerson();
  const bob = await telegram.linkedPerson('Bob');
  const group = groupOf(server, { id: -100_904, title: 'Choosing' });
  const made = ['a', 'b', 'c', 'd'].map((name) => `create bin/${name}.txt with "${name}"`).join(', then ');
  ada.say(`/new ${made}, then delete the folder bin`, { chat: group });
  const card = await ada.sees('Keep what this did?', group);
  const shows = (label: string) => server.until(() => dataOf(card, label) || undefined, `${label} on the card`);
  const tapOld = async (data: string) => (await bob.tapData(group, card, data).answered).text;
  await ada.tap('Choose', group);
  const [all, untickA, untickB] = [await shows('Keep all 4 files'), await shows('☑️ 1 a.txt'), await shows('☑️ 2 b.txt')];
  expect((await telegram.stranger().tapData(group, card, untickA).answered).text).toContain('linked');
  expect((await bob.tap('1 a.txt', group)).text).toBe('Ticked: 3 of 4 files');
  const three = await shows('Keep 3 of 4 files');
  expect(await tapOld(untickA)).toBe('It goes already. Nothing was changed.');
  expect(await tapOld(all)).toContain('By now 3 of 4 files are ticked. Nothing was answered');
  await Promise.all([tapOld(untickB), ada.tap('3 c.txt', group)]);
  await shows('Keep 1 of 4 files');
  await ada.tap('All', group);
  await shows('Keep all 4 files');
  await ada.tap('None', group);
  await shows('❌ Reject, keep nothing');
  await ada.tap('1 a.txt', group);
  const one = await shows('Keep 1 of 4 files');
  await bob.tap('Back', group);
  await shows('☑️ Choose: 1 of 4 files');
  expect(await tapOld(untickB)).toContain('Nobody is choosing here any more.');
  const [thread] = await listThreads(context);
  const approval = await openApproval(thread!.id);
  await answerApproval(context, { approvalId: approval!.approvalId, decision: 'approve' });
  for (const late of [untickB, three, one]) expect(await tapOld(late)).toContain('Nothing was changed');
  expect((await ada.sees('executed ✓ Kept the deletion of 4 files', group)).keyboard).toBeUndefined();
});

describe('an answer in words', () => {
  it('Modify takes the next words', async () => {
    const ada = await telegram.linkedPerson();
    ada.say('/new create plan.txt with "p", then delete plan.txt');
    await ada.sees('Keep what this did?');
    await ada.tap('Modify');
    const prompt = await ada.sees('What should change?');
    expect(prompt.forceReply).toBe(true);
    ada.send({ kind: 'document', name: 'how.txt', bytes: Buffer.from('so') }, 'do not delete it');
    const card = await ada.sees('To be changed by you');
    expect(card.text).toContain('“do not delete it”');
    const [thread] = await listThreads(context);
    expect((await context.ledger.load(thread!.id)).checkpoints.map(({ label }) => label)).toContain('Attached how.txt');
    await server.until(() => !ada.chat.messages.has(prompt.id), 'the prompt gone');
    await ada.sees(/✅ Done|Go on with this/);
  });

  it('a changed message is guidance while its run works, and is said to come too late behind it', async () => {
    const ada = await telegram.linkedPerson();
    const guidance = () => context.database.sql`select 1 from events where type = 'guidance.given' and data->>'text' like 'create %'`;
    const goal = ada.say('/new create late.txt with "p", then delete late.txt');
    await ada.sees('Keep what this did?');
    ada.edit(goal, goal.text);
    ada.edit(goal, '/new create late.txt with "q"');
    await expect.poll(guidance).toHaveLength(1);
    ada.say('/cancel');
    await ada.sees('⏹ Stopped');
    ada.edit(goal, 'create other.txt');
    await ada.sees('This was worked on already.');
    ada.edit(ada.say('/status'), 'create none.txt');
    await ada.sees('Here:');
    expect(await guidance()).toHaveLength(1);
  });

  const { sql } = context.database;
  const askForPassword = async (ada: ChatPerson, path: string) => {
    ada.say(`/new create ${path} with "p", then delete ${path}`);
    await ada.sees(`－ ${path}`);
    const [thread] = await listThreads(context);
    const approvalId = await telegram.askForPassword(thread!.id);
    await ada.tap('Type');
    return { approvalId, prompt: await ada.sees('What should be typed? Your next message is the answer. I remove it') };
  };

  it('a password that is typed into a terminal stays nowhere', async () => {
    const ada = await telegram.linkedPerson();
    await askForPassword(ada, 'pass.txt');
    const typed = ada.say('/correct horse');
    expect((await ada.sees('Typed by you')).text).toContain('••••••');
    await server.until(() => !ada.chat.messages.has(typed.id), 'the password gone');
    expect(await sql`select 1 from telegram_messages where message_id = ${typed.id} and chat_id = ${ada.id}`).toHaveLength(0);
    expect(JSON.stringify(await sql`select data from events`)).not.toContain('correct horse');
  });

  it('a password that comes before the bot knows that it asked becomes nothing else', async () => {
    const ada = await telegram.linkedPerson();
    let typed: ChatMessage | undefined;
    server.trouble((method, { text }) => {
      if (method !== 'sendMessage' || typed || !String(text).startsWith('What should be typed?')) return null;
      typed = ada.say('hasty horse');
      return 'lost';
    });
    await askForPassword(ada, 'hasty.txt');
    await ada.sees('Typed by you');
    await server.until(() => typed !== undefined && !ada.chat.messages.has(typed.id), 'the password gone');
    server.trouble(() => null);
    expect(JSON.stringify(await sql`select data from events`)).not.toContain('hasty horse');
  });

  it('a password that comes too late, or for a question that another one took the place of, becomes nothing else', async () => {
    const ada = await telegram.linkedPerson();
    const gone = (message: ChatMessage) => server.until(() => !ada.chat.messages.has(message.id), `${message.text} gone`);
    const first = await askForPassword(ada, 'one.txt');
    await sql`update telegram_prompts set expires_at = now()`;
    await gone(ada.say('late staple', { replyTo: first.prompt }));
    const { approvalId } = await askForPassword(ada, 'two.txt');
    await answerApproval(context, { approvalId, decision: 'reject' });
    await gone(ada.say('tardy battery'));
    await ada.sees('This was answered already');
    const third = await askForPassword(ada, 'three.txt');
    ada.say('/new create four.txt with "p", then delete four.txt');
    await ada.sees('－ four.txt');
    await ada.tap('Modify');
    await gone(third.prompt);
    expect(JSON.stringify(await sql`select data from events`)).not.toMatch(/staple|battery/);
    ada.say('/cancel');
  });

  it('words after a Modify that was answered elsewhere are not lost: they are a goal', async () => {
    const ada = await telegram.linkedPerson();
    ada.say('/new create late.txt with "p", then delete late.txt');
    await ada.sees('Keep what this did?');
    await ada.tap('Modify');
    await ada.sees('What should change?');
    const [thread] = await listThreads(context);
    const approval = await openApproval(thread!.id);
    await answerApproval(context, { approvalId: approval!.approvalId, decision: 'approve' });
    await ada.sees('✅ Done');
    ada.say('create instead.txt with "i"');
    await ada.sees('instead.txt');
    expect(ada.messages().some(({ forceReply }) => forceReply)).toBe(false);
    expect(ada.messages().some(({ text }) => text.includes('answered already'))).toBe(false);
  });
});
