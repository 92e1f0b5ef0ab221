import { describe, expect, it, vi } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import type { Person } from '#lib/auth/require-person.ts';
import { listAccounts, unlinkAccount } from '#lib/telegram/accounts.ts';
import { createLinkCode, linkCodeFor } from '#lib/telegram/create-link-code.ts';
import { createThread } from '#lib/threads/create-thread.ts';
import { listThreads } from '#lib/threads/list-threads.ts';
import { botUser, wireMessage } from './bot-api/wire-message.ts';
import { dataOf, groupOf, personIn } from './person.ts';
import { testTelegram } from './test-telegram.ts';

const telegram = await testTelegram();
const { context, openApproval, server } = telegram;
const polite = 'This bot works for the people who are linked to it.';
const askingGoal = 'create gone.txt with "x", then delete gone.txt';

const events = async () => (await context.database.sql<{ n: number }[]>`select count(*)::int n from events`)[0]?.n ?? 0;

describe('strangers', () => {
  it('get one polite line and no effect, whatever they try', async () => {
    const mallory = telegram.stranger();
    const before = await events();
    mallory.say('delete everything');
    const line = await mallory.sees(polite);
    expect(line.text).not.toContain('\n');
    mallory.edit(mallory.say('/new rm -rf'), 'and again');
    for (let guess = 0; guess < 12; guess += 1) mallory.say(`/start choir_telegram_forged${guess}`);
    expect((await mallory.tapData(mallory.chat, line, 'guess').answered).text).toContain('linked');
    expect(await mallory.inline('secrets')).toMatchObject({ results: [] });
    await mallory.sees('This code was used already or has expired.');
    await expect.poll(() => context.database.sql`select 1 from telegram_updates where done_at is null`).toHaveLength(0);
    expect(mallory.messages().filter(({ text }) => text.startsWith(polite))).toHaveLength(1);
    expect(mallory.messages().filter(({ text }) => text.startsWith('This code'))).toHaveLength(5);
    expect(await events()).toBe(before);
  });

  it('an unlinked account is out at once', async () => {
    const eve = await telegram.linkedPerson('Eve');
    expect(await listAccounts(context)).toContainEqual(expect.objectContaining({ telegramId: eve.id, name: 'Eve' }));
    await unlinkAccount(context, { telegramId: eve.id });
    eve.say('create eve.txt with "e"');
    await eve.sees(polite);
    expect(await listThreads(context)).toEqual([]);
  });

  it('a link code works once, and in no group', async () => {
    const [{ code }, { code: exposed }] = await Promise.all([createLinkCode(context), createLinkCode(context)]);
    const [first, second] = [personIn(server, { id: 901, name: 'First' }), personIn(server, { id: 902, name: 'Second' })];
    const group = groupOf(server, { id: -100_901, title: 'Open group' });
    first.say(`/start ${exposed}`, { chat: group });
    await first.sees('Others could read this code here', group);
    second.say(`/start ${exposed}`);
    await second.sees('This code was used already');
    first.say(`/start ${code}`);
    await first.sees('Linked.');
    second.say(`/start ${code}`);
    await server.until(() => second.messages().length === 2, 'a second refusal');
    await context.database
      .sql`insert into users (id, workspace_id, name, role) select 'us_grace', workspace_id, 'Grace', 'member' from users limit 1`;
    first.say(`/start ${(await linkCodeFor(context.database, 'us_grace')).code}`);
    await first.sees('You spoke for Owner, and speak for Grace from now on.');
    await context.database.sql`delete from telegram_accounts where telegram_id = 901`;
  });
});

describe('a tap', () => {
  it('that is forged, replayed or of another chat changes nothing and says so', async () => {
    const ada = await telegram.linkedPerson();
    const bob = await telegram.linkedPerson('Bob');
    ada.say(askingGoal);
    const card = await ada.sees('Keep what this did?');
    const approve = dataOf(card, 'Approve');
    expect(approve).toMatch(/^[\w-]{22}$/);
    expect((await ada.tapData(ada.chat, card, 'ap_forged').answered).text).toContain('Nothing was changed');
    expect((await bob.tapData(bob.chat, card, approve).answered).text).toContain('Nothing was changed');
    expect((await telegram.stranger().tapData(ada.chat, card, approve).answered).text).toContain('linked');
    await context.database.sql`update telegram_buttons set expires_at = now() - interval '1 second' where id = ${approve}`;
    expect((await ada.tapData(ada.chat, card, approve).answered).text).toContain('too old');
    await context.database.sql`update telegram_buttons set expires_at = now() + interval '1 day' where id = ${approve}`;
    const { updateId, answered } = ada.tapData(ada.chat, card, approve);
    expect((await answered).text).toBe('✅ Approved');
    expect((await ada.tapData(ada.chat, card, approve).answered).text).toContain('used already');
    ada.tapData(ada.chat, card, approve, updateId);
    await ada.sees('✅ Done');
  });

  it('on Stop of a run that is over stops no other', async () => {
    const ada = await telegram.linkedPerson();
    ada.say(`/new ${askingGoal}`);
    const card = await ada.sees('Keep what this did?');
    const [thread] = await listThreads(context);
    const [stop] = await context.database.sql<{ id: string }[]>`
        update telegram_buttons set action = action || '{"runId":"ru_before"}' where action->>'do' = 'stop' and action->>'threadId' = ${thread!.id}
        returning id`;
    expect((await ada.tapData(ada.chat, card, stop!.id).answered).text).toContain('Nothing was changed');
    expect(await openApproval(thread!.id)).toBeDefined();
    await ada.tap('Reject');
    await ada.sees('✅ Done');
  });

  it('on a card that stands twice answers once, and leaves no buttons on either', async () => {
    const ada = await telegram.linkedPerson();
    let isLost = false;
    server.trouble((method, { text }) => {
      if (isLost || method !== 'sendMessage' || !String(text).includes('Keep what')) return null;
      isLost = true;
      return 'lost';
    });
    ada.say(`/new ${askingGoal}`);
    const cards = () => ada.messages().filter(({ text }) => text.includes('Keep what this did?'));
    await server.until(() => cards().length === 2, 'two cards');
    server.trouble(() => null);
    const [copy, card] = cards();
    await expect
      .poll(() => context.database.sql`select 1 from telegram_messages where message_id = ${card!.id} and chat_id = ${ada.id}`)
      .toHaveLength(1);
    expect((await ada.tapData(ada.chat, copy!, dataOf(copy!, 'Approve')).answered).text).toBe('✅ Approved');
    await server.until(() => !ada.chat.messages.has(copy!.id), 'the copy gone');
    await ada.sees('✅ Done');
    expect(card!.keyboard).toBeUndefined();
  });

  it('in a group counts also when whoever began there is gone, and the card shows it', async () => {
    const ada = await telegram.linkedPerson();
    const bob = await telegram.linkedPerson('Bob');
    const group = groupOf(server, { id: -100_903, title: 'Left group' });
    ada.say(`/new ${askingGoal}`, { chat: group });
    const card = await ada.sees('Keep what this did?', group);
    await unlinkAccount(context, { telegramId: ada.id });
    expect((await bob.tap('Approve', group)).text).toBe('✅ Approved');
    await server.until(() => card.text.startsWith('✅ Approved by Bob'), 'the card closed');
    await bob.sees('✅ Done', group);
  });

  it('works on a card that is older than its buttons, and on one that was sent anew because it is too old to be removed', async () => {
    const ada = await telegram.linkedPerson();
    ada.say(`/new ${askingGoal}`);
    const card = await ada.sees('Keep what this did?');
    const day = 86_400_000;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 4 * day });
    const renewed = () =>
      context.database
        .sql`select 1 from telegram_buttons where id = ${dataOf(card, 'Approve')} and expires_at > now() + interval '10 days'`;
    await expect.poll(renewed).toHaveLength(1);
    vi.useRealTimers();
    server.trouble((method) =>
      method === 'deleteMessage' ? { status: 400, description: "Bad Request: message can't be deleted for everyone" } : null,
    );
    ada.say('/threads');
    await ada.tap(/✋ create gone/);
    await server.until(() => !card.keyboard, 'the old card without buttons');
    server.trouble(() => null);
    await server.until(
      () => ada.messages().findLast(({ keyboard }) => keyboard?.inline_keyboard.flat().some(({ text }) => text.includes('Reject'))),
      'a new card',
    );
    expect((await ada.tap('Reject')).text).toBe('❌ Rejected');
    await ada.sees('✅ Done');
  });

  it('on a menu of somebody else does nothing', async () => {
    const ada = await telegram.linkedPerson();
    const bob = await telegram.linkedPerson('Bob');
    const group = groupOf(server, { id: -100_902, title: 'Team' });
    const before = (await listThreads(context)).length;
    ada.say('/new create menu.txt with "m"', { chat: group });
    await ada.sees('✅ Done', group);
    ada.say('/revert 0', { chat: group });
    const preview = await ada.sees('Go back to #0?', group);
    expect((await bob.tapData(group, preview, dataOf(preview, 'Files only')).answered).text).toContain('somebody else');
    expect((await ada.tap('Files only', group)).text).toContain('Done');
    expect((await ada.sees('Back at #0', group)).text).toContain('by Ada ·');
    ada.say('/new create no.txt with "n", then delete no.txt', { chat: group });
    await ada.sees('Keep what this did?', group);
    await bob.tap('Reject', group);
    expect((await ada.sees('Done in part', group)).text).toContain('❌ Rejected by Bob');
    bob.say('just talking to Ada here', { chat: group });
    bob.say('/unknown@other_bot', { chat: group });
    telegram.stranger().say('/status@other_bot', { chat: group });
    bob.say('/status', { chat: group });
    await bob.sees('Nothing runs', group);
    expect(bob.messages(group).some(({ text }) => text.includes('I do not know') || text.includes(polite))).toBe(false);
    expect(await listThreads(context)).toHaveLength(before + 2);
  });
});

describe('answers from several places', () => {
  it('of two at the same instant one wins, and both faces agree', async () => {
    const ada = await telegram.linkedPerson();
    ada.say(`/new ${askingGoal}`);
    const card = await ada.sees('Keep what this did?');
    const [thread] = await listThreads(context);
    const approval = await openApproval(thread!.id);
    const tapped = ada.tapData(ada.chat, card, dataOf(card, 'Approve')).answered;
    const [byApi, byTap] = await Promise.all([
      answerApproval(context, { approvalId: approval!.approvalId, decision: 'reject' }).then(
        () => true,
        () => false,
      ),
      tapped,
    ]);
    const won = byTap.text === '✅ Approved';
    expect(won).toBe(!byApi);
    const settled = await ada.sees(won ? '✅ Approved by you' : '❌ Rejected by you through the API');
    expect(settled.keyboard).toBeUndefined();
    if (!won) expect(byTap.text).toContain('answered already');
    await ada.sees('✅ Done');
  });

  it('a question that began elsewhere comes to its person; answered elsewhere, it loses its buttons and says by whom', async () => {
    const ada = await telegram.linkedPerson();
    const { threadId } = await createThread(context, { goal: askingGoal });
    await ada.sees('Keep what this did?');
    expect((await ada.sees('You through the API')).text).toBe(`You through the API · scratch\n${askingGoal}`);
    const { results } = (await ada.inline('GONE.TXT')) as { results: { id: string; input_message_content: { message_text: string } }[] };
    const told = results.find(({ id }) => id === threadId)?.input_message_content.message_text ?? '';
    expect(told).toContain('· scratch ·');
    expect(await ada.inline('no such thread')).toMatchObject({ results: [] });
    const sent = wireMessage(ada.chat, ada.say('/status'), server.people);
    server.queue.push({ message: { ...sent, text: told, entities: [], via_bot: botUser } } as never);
    const approval = await openApproval(threadId);
    const actor: Person = { ...context.actor, via: 'pwa' } as Person;
    await answerApproval({ ...context, actor }, { approvalId: approval!.approvalId, decision: 'reject' });
    const card = await ada.sees('❌ Rejected by you in the app');
    expect(card.keyboard).toBeUndefined();
    expect((await ada.tapData(ada.chat, card, 'gone').answered).text).toContain('Nothing was changed');
  });
});
