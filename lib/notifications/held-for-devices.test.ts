import { expect, test } from 'vitest';
import { peopleToTell } from '#tests/push/people-to-tell.ts';
import { isHeldForDevices } from './held-for-devices.ts';
import { unsubscribeDevice } from './subscribe-device.ts';
import { setThreadChoice } from './thread-choice.ts';

const people = await peopleToTell();
const { services, owner } = people;
const requestedAt = new Date();
const after = (minutes: number) => new Date(requestedAt.getTime() + minutes * 60_000);

test('a question waits for a device first, then goes to Telegram, and goes there at once where no device can be told', async () => {
  const { threadId, ask } = await people.thread();
  const approvalId = await ask();
  const isHeld = (minutes: number) =>
    isHeldForDevices(services.database, { userId: owner.userId, threadId, approvalId, requestedAt }, after(minutes));
  await people.settle({ escalateMinutes: 5 });
  expect(await isHeld(0)).toBe(false);
  const phone = await people.device();
  phone.answers.push({ status: 400 });
  expect([await isHeld(4), await isHeld(5)]).toEqual([true, false]);
  await people.settle({ escalateMinutes: null });
  expect(await isHeld(10_000)).toBe(true);
  await setThreadChoice({ ...services, actor: owner.actor }, { threadId, choice: 'none' });
  await people.settle({ escalateMinutes: 0 });
  expect(await isHeld(60)).toBe(true);
  await setThreadChoice({ ...services, actor: owner.actor }, { threadId, choice: 'all' });
  expect(await isHeld(0)).toBe(false);
  await people.settle({ escalateMinutes: 0, quietHours: { from: '00:00', to: '23:59', timeZone: 'UTC' } });
  expect(
    await isHeldForDevices(
      services.database,
      { userId: owner.userId, threadId, approvalId, requestedAt },
      new Date('2026-03-03T12:00:00Z'),
    ),
  ).toBe(true);
  await unsubscribeDevice({ ...services, actor: phone.actor });
});

test('a question that no device could be told of is kept for none', async () => {
  await people.settle({ escalateMinutes: 60 });
  const phone = await people.device();
  // The question of the test before may be told too.
  phone.answers.push({ status: 400 }, { status: 400 });
  const stop = people.notifier();
  const { threadId, ask } = await people.thread();
  const approvalId = await ask();
  await expect.poll(() => isHeldForDevices(services.database, { userId: owner.userId, threadId, approvalId, requestedAt })).toBe(false);
  await stop();
});
