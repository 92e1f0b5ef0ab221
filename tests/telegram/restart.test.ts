import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import { listThreads } from '#lib/threads/list-threads.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { dataOf } from './person.ts';
import { testTelegram } from './test-telegram.ts';

const telegram = await testTelegram();
const { context, server } = telegram;
const asked = async (threadId: string) =>
  expect.poll(async () => openApprovals(await context.ledger.load(threadId))[0]?.approvalId).toBeDefined();

describe('a bot that is killed', () => {
  it('wherever it dies, each update takes effect once and the chat ends as the ledger says', async () => {
    const ada = await telegram.linkedPerson();
    await telegram.stopBot();
    let bot = telegram.spawnBot();
    const killAt = async (fits: (method: string, payload: Record<string, unknown>) => boolean, act: () => void) => {
      const reached = new Promise<void>((resolve) => {
        server.trouble((method, payload) => {
          if (!fits(method, payload)) return null;
          resolve();
          return 'refused';
        });
      });
      act();
      await reached;
      await bot.kill();
      server.trouble(() => null);
      bot = telegram.spawnBot();
    };
    await killAt(
      (method) => method === 'sendMessage',
      () => ada.say('create kept.txt with "k", then create gone.txt with "x", then delete gone.txt'),
    );
    const card = await ada.sees('Keep what this did?');
    let tapped: Promise<unknown> = Promise.resolve();
    await killAt(
      (method) => method === 'answerCallbackQuery',
      () => (tapped = ada.tapData(ada.chat, card, dataOf(card)).answered),
    );
    await tapped;
    await ada.sees('✅ Done');
    expect(await listThreads(context)).toHaveLength(1);
    const answers = await context.database.sql`select 1 from events where type = 'approval.answered'`;
    expect(answers).toHaveLength(1);
    expect(ada.messages().filter(({ text }) => text.startsWith('✅ Done'))).toHaveLength(1);
    await bot.kill();
    await telegram.startBot();
  }, 60_000);

  it('does nothing again that stands in the ledger, though nobody marked it as done', async () => {
    await telegram.stopBot();
    const before = await context.database.sql<{ n: number }[]>`select count(*)::int n from events`;
    await context.database.sql`update telegram_updates set done_at = null, payload = saved.payload from (
      select update_id, jsonb_build_object('update_id', update_id, 'message', jsonb_build_object('message_id', 3, 'date', 1, 'text', 'create kept.txt with "k"',
        'chat', jsonb_build_object('id', 1001, 'type', 'private'), 'from', jsonb_build_object('id', 1001, 'is_bot', false, 'first_name', 'Ada'))) as payload
      from telegram_updates where exists (select 1 from events where type = 'thread.created' and starts_with(parent_event_id, 'tg_' || update_id || '_'))) saved
      where telegram_updates.update_id = saved.update_id`;
    await telegram.startBot();
    await expect.poll(async () => (await context.database.sql`select 1 from telegram_updates where done_at is null`).length).toBe(0);
    expect(await context.database.sql<{ n: number }[]>`select count(*)::int n from events`).toEqual(before);
  });
});

it('removes a password, though a bot before died as soon as it was stored', async () => {
  const ada = await telegram.linkedPerson();
  const { sql } = context.database;
  ada.say('/new create pass.txt with "p", then delete pass.txt');
  await ada.sees('Keep what this did?');
  const [thread] = await listThreads(context);
  const approvalId = await telegram.askForPassword(thread!.id);
  await ada.tap('Type');
  await ada.sees('What should be typed?');
  let reached = false;
  server.trouble((method) => {
    if (method !== 'deleteMessage' || reached) return null;
    reached = true;
    return { status: 500 };
  });
  const typed = ada.say('correct horse');
  await ada.sees('Typed by you');
  await telegram.stopBot();
  expect(reached && ada.chat.messages.has(typed.id)).toBe(true);
  await sql`update telegram_updates set done_at = null, payload = ${sql.json({
    message: {
      message_id: typed.id,
      date: 1,
      text: typed.text,
      chat: { id: ada.id, type: 'private' },
      from: { id: ada.id, is_bot: false, first_name: 'Ada' },
    },
  })} || jsonb_build_object('update_id', update_id) where update_id = (select max(update_id) from telegram_updates)`;
  await sql`insert into telegram_prompts values (${ada.id}, 0, ${ada.id}, ${approvalId}, 999, now() + interval '1 hour')`;
  await telegram.startBot();
  await server.until(() => !ada.chat.messages.has(typed.id), 'the password gone');
});

describe('a bot that is stopped', () => {
  it('leaves what it did not come to for the next one', async () => {
    const ada = await telegram.linkedPerson();
    let lost = 0;
    server.trouble((method) => {
      if (method !== 'sendMessage') return null;
      lost += 1;
      return 'refused';
    });
    ada.say('/help');
    ada.say('create waited.txt with "w"');
    await server.until(() => lost > 0, 'an answer that does not get through');
    await telegram.stopBot();
    server.trouble(() => null);
    const { telegramFiles } = context.home;
    await mkdir(join(telegramFiles, 'files-of-a-killed-bot'), { recursive: true });
    await telegram.startBot();
    expect(existsSync(telegramFiles)).toBe(false);
    await ada.sees('/project  Which project');
    await ada.sees(/✅ Done[\s\S]*waited\.txt/);
  });
});

describe('a bot that was told to wait', () => {
  it('waits on as the next one', async () => {
    const ada = await telegram.linkedPerson();
    let refused = 0;
    server.trouble((method, payload) => {
      if (method !== 'sendMessage' || payload.chat_id !== ada.id) return null;
      refused += 1;
      return { retryAfter: 150 };
    });
    ada.say('/help');
    await server.until(() => refused > 0, 'a refusal');
    await expect.poll(() => context.database.sql`select 1 from telegram_chats where held_until > now()`).toHaveLength(1);
    await telegram.stopBot();
    server.trouble(() => null);
    await telegram.startBot();
    // A word before its time would stand in the server's problems.
    await ada.sees('/project  Which project');
  });
});

describe('a bot that was away', () => {
  it('shows the present, not a replay of the past', async () => {
    const ada = await telegram.linkedPerson();
    ada.say('/new create a.txt with "a", then delete a.txt');
    const card = await ada.sees('Keep what this did?');
    const [thread] = await listThreads(context);
    const threadId = thread!.id;
    await telegram.stopBot();
    const [approval] = openApprovals(await context.ledger.load(threadId));
    await answerApproval(context, { approvalId: approval!.approvalId, decision: 'reject' });
    const idle = () => expect.poll(async () => (await context.ledger.load(threadId)).run?.status).toBe('completed');
    await idle();
    await postMessage(context, { threadId, text: 'create b.txt with "b"' });
    await idle();
    await postMessage(context, { threadId, text: 'create c.txt with "c", then delete c.txt' });
    await asked(threadId);
    const sent = ada.messages().length;
    await telegram.startBot();
    await ada.sees(/Keep what this did[\s\S]*c\.txt/);
    await telegram.server.until(() => ada.chat.messages.get(card.id)?.text.includes('Rejected'), 'the old card closed');
    expect(ada.messages().some(({ text }) => text.includes('b.txt') && text.includes('Done'))).toBe(false);
    expect(ada.messages().length - sent).toBeLessThanOrEqual(3);
  });

  it('takes no tap on a button from before, and gives new ones that work', async () => {
    const ada = await telegram.linkedPerson();
    ada.say('/new create d.txt with "d", then delete d.txt');
    const card = await ada.sees('Keep what this did?');
    const old = dataOf(card);
    await telegram.stopBot();
    await telegram.startBot();
    await telegram.server.until(() => dataOf(card) !== old, 'new buttons');
    expect((await ada.tapData(ada.chat, card, old).answered).text).toContain('started again');
    expect((await ada.tap('Approve')).text).toBe('✅ Approved');
    await ada.sees('✅ Done');
  });
});
