import { expect, it } from 'vitest';
import { NotificationSettings } from '#lib/core/notification.ts';
import { openApprovals } from '#lib/core/state.ts';
import { setNotificationSettings } from '#lib/notifications/settings.ts';
import { setThreadChoice } from '#lib/notifications/thread-choice.ts';
import { createThread } from '#lib/threads/create-thread.ts';
import { listThreads } from '#lib/threads/list-threads.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { testTelegram } from './test-telegram.ts';

const telegram = await testTelegram();
const { context, server } = telegram;
const askingGoal = 'create gone.txt with "x", then delete gone.txt';
const clock = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(11, 16);
const quietHours = { from: clock(-60), to: clock(60), timeZone: 'UTC' };

it('makes no sound in quiet hours, and of a thread only what its person chose to hear', async () => {
  const ada = await telegram.linkedPerson();
  await setNotificationSettings(context, NotificationSettings.parse({ quietHours }));
  ada.say(`/new ${askingGoal}`);
  expect((await ada.sees('Keep what this did?')).silent).toBe(true);
  await setNotificationSettings(context, NotificationSettings.parse({}));
  await ada.tap('Approve');
  expect((await ada.sees('✅ Done')).silent).toBe(false);
  const [thread] = await listThreads(context);
  await setThreadChoice(context, { threadId: thread!.id, choice: 'questions' });
  ada.say('create a.txt with "a", then delete a.txt');
  expect((await ada.sees(/Keep what this did[\s\S]*a\.txt/)).silent).toBe(false);
  await ada.tap('Reject');
  expect((await ada.sees('✅ Done in part')).silent).toBe(true);
});

it('brings no question of a muted thread, and one that a device has first only when nobody answers there', async () => {
  const ada = await telegram.linkedPerson();
  const { sql } = context.database;
  await sql`insert into credentials (id, user_id, kind, name, secret_hash) select 'cr_phone', ${context.actor.kind === 'person' ? context.actor.userId : ''}, 'device', 'Phone', '\\x01'`;
  await sql`insert into push_subscriptions (id, credential_id, endpoint, p256dh, auth) values ('ps_1', 'cr_phone', 'https://push.example/1', 'p', 'a')`;
  const { threadId } = await createThread(context, { goal: askingGoal });
  await expect.poll(async () => openApprovals(await context.ledger.load(threadId)).length).toBe(1);
  await postMessage(context, { threadId, text: 'a word' });
  const polls = () => server.calls.filter(({ method }) => method === 'getUpdates').length;
  const since = polls();
  await server.until(() => polls() > since + 1, 'some sweeps');
  expect(ada.messages().some(({ text }) => text.includes('Keep what'))).toBe(false);
  await sql`update approvals set requested_at = now() - interval '6 minutes' where thread_id = ${threadId}`;
  await ada.sees('Keep what this did?');
});
