import { rename } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { createThread } from '#lib/threads/create-thread.ts';
import { listThreads } from '#lib/threads/list-threads.ts';
import { dataOf, groupOf } from './person.ts';
import { testTelegram } from './test-telegram.ts';

const telegram = await testTelegram();
const { context, server } = telegram;
const { sql } = context.database;
const askingGoal = 'create gone.txt with "x", then delete gone.txt';

it('says that a file cannot be read any more, and goes on', async () => {
  const ada = await telegram.linkedPerson();
  ada.say('/new run the command `echo ID3 > song.mp3`');
  await server.until(() => ada.messages().some(({ media }) => media?.file.name === 'song.mp3'), 'the song');
  await ada.sees('✅ Done');
  const [thread] = await listThreads(context);
  const { projectId } = await context.ledger.load(thread!.id);
  await telegram.stopBot();
  await rename(context.home.store(projectId), `${context.home.store(projectId)}.lost`);
  await sql`delete from telegram_messages where key like 'media:%'`;
  await sql`update telegram_places set seen_seq = 0`;
  await telegram.startBot();
  await server.until(() => ada.messages().some(({ media }) => media?.file.name === 'song.mp3.txt'), 'a word about the song');
  await rename(`${context.home.store(projectId)}.lost`, context.home.store(projectId));
  ada.say('create next.txt with "n"');
  await ada.sees(/✅ Done[\s\S]*next\.txt/);
});

it('says how large a file may be that Telegram itself does not give', async () => {
  const ada = await telegram.linkedPerson();
  ada.send({ kind: 'document', name: 'film.mov', bytes: Buffer.alloc(21 * 1024 * 1024), sizeUnsaid: true }, 'cut this');
  await ada.sees('files up to 20 MB');
});

it('answers everybody else while Telegram holds back a chat with a thousand messages in it, also when an answer is lost', async () => {
  const ada = await telegram.linkedPerson();
  const bob = await telegram.linkedPerson('Bob');
  const group = groupOf(server, { id: -100_555, title: 'Held group' });
  bob.say(`/new ${askingGoal}`);
  await bob.sees('Keep what this did?');
  ada.say('/new create shown.txt with "s"', { chat: group });
  const shown = await ada.sees('✅ Done', group);
  const crowd = [bob, ...(await Promise.all(Array.from({ length: 6 }, (_, index) => telegram.linkedPerson(`P${index}`))))];
  server.trouble((method, { chat_id }) => (chat_id === group.id && /^send/.test(method) ? { retryAfter: 5_000 } : null));
  for (let index = 0; index < 2_500; index += 1) ada.say('/help', { chat: group });
  bob.say('/help');
  await bob.sees('/project  Which project');
  const diff = dataOf(shown);
  for (const person of crowd) person.tapData(group, shown, diff);
  let isLost = false;
  server.trouble((method, { chat_id }) => {
    if (method === 'answerCallbackQuery' && !isLost) {
      isLost = true;
      return 'refused';
    }
    return chat_id === group.id && /^send/.test(method) ? { retryAfter: 5_000 } : null;
  });
  expect((await bob.tap('Reject')).text).toContain('Rejected');
  expect(isLost).toBe(true);
  expect(await sql`select 1 from telegram_updates where done_at is null limit 1`).toHaveLength(1);
  await sql`update telegram_updates set done_at = now() where done_at is null`;
  await sql`delete from telegram_places where chat_id = ${group.id}`;
  await telegram.stopBot();
  server.trouble(() => null);
  await telegram.startBot();
});

it('asks in private what it may not ask in a group any more, and shows what it could not while its token did not work', async () => {
  const ada = await telegram.linkedPerson();
  const group = groupOf(server, { id: -100_556, title: 'Mute group' });
  const muted = { status: 400, description: 'Bad Request: not enough rights to send text messages to the chat' };
  server.trouble((method, { chat_id }) => (chat_id === group.id && /^(?:send|edit)/.test(method) ? muted : null));
  ada.say(`/new ${askingGoal}`, { chat: group });
  await ada.sees('Keep what this did?');
  server.trouble((method) => (/^(?:send|edit)/.test(method) ? { status: 401, description: 'Unauthorized' } : null));
  await ada.tap('Reject');
  await expect.poll(async () => (await listThreads(context))[0]?.runStatus).toBe('completed');
  const refused = () =>
    server.calls.filter(({ method, payload, ok }) => method === 'sendMessage' && payload.chat_id === ada.id && !ok).length;
  await server.until(() => refused() > 0, 'an end that cannot be told');
  server.trouble(() => null);
  await ada.sees('✅ Done');
});

it('leaves somebody alone who blocked the bot, until they speak again', async () => {
  await sql`delete from telegram_accounts`;
  const ada = await telegram.linkedPerson();
  ada.chat.blocked = true;
  const tried = () => server.calls.filter(({ method, payload }) => method === 'sendMessage' && payload.chat_id === ada.id).length;
  const before = tried();
  await createThread(context, { goal: askingGoal });
  await server.until(() => tried() > before, 'the question');
  const polls = () => server.calls.filter(({ method }) => method === 'getUpdates').length;
  const since = polls();
  await server.until(() => polls() > since + 2, 'two minutes in which nothing happens');
  expect(tried()).toBe(before + 1);
  ada.chat.blocked = false;
  ada.say('/status');
  await ada.sees('Keep what this did?');
  await ada.tap('Reject');
});

it('ends without a word of its token where it cannot start', async () => {
  await telegram.stopBot();
  server.trouble((method) =>
    method === 'setMyCommands' ? { status: 400, description: `Bad Request: /bot${server.token}/setMyCommands` } : null,
  );
  const bot = telegram.spawnBot();
  expect((await bot.exited)[0]).toBe(1);
  expect(telegram.logged.join('')).toContain('The bot cannot go on: setMyCommands: 400 Bad Request: /bot…/setMyCommands');
  server.trouble(() => null);
  await telegram.startBot();
});

it('ends when the database is no longer its alone', async () => {
  await telegram.stopBot();
  const bot = telegram.spawnBot();
  const holder = () => sql<{ pid: number }[]>`
    select pid from pg_locks join pg_database on pg_database.oid = database
    where datname = current_database() and locktype = 'advisory' and ((classid::bigint << 32) | objid::bigint) = hashtextextended('telegram bot', 0)`;
  await expect.poll(async () => (await holder()).length).toBe(1);
  await expect.poll(() => telegram.logged.join()).toMatch(/is ready\.\s*$/);
  await sql`select pg_terminate_backend(${(await holder())[0]!.pid})`;
  expect((await bot.exited)[0]).toBe(1);
  await telegram.startBot();
});
