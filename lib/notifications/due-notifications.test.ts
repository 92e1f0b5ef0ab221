import { expect, test } from 'vitest';
import { peopleToTell } from '#tests/push/people-to-tell.ts';
import { dueNotifications, hastenNotification, settleNotification } from './due-notifications.ts';
import { noteTelling } from './note-event.ts';

const people = await peopleToTell();
const { database } = people.services;

test('an answer that comes while it is decided to wait is not waited for', async () => {
  await people.device();
  const thread = await people.thread();
  const approvalId = await thread.ask();
  const at = new Date().toISOString();
  await noteTelling(database, { id: 'ev_asked', at, threadId: thread.threadId, runId: thread.runId, kind: 'approval', approvalId });
  const [due] = await dueNotifications(database);
  if (!due) throw new Error('Nothing is due.');
  await hastenNotification(database, approvalId);
  const later = new Date(Date.now() + 600_000);
  await settleNotification(database, due, { do: 'wait', until: later });
  const [again] = await dueNotifications(database);
  expect(again?.id).toBe(due.id);
  if (again) await settleNotification(database, again, { do: 'wait', until: later });
  expect(await dueNotifications(database)).toEqual([]);
});
