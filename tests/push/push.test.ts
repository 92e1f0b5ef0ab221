import { afterAll, describe, expect, test } from 'vitest';
import { listNotifications } from '#lib/notifications/list-notifications.ts';
import { markPresence } from '#lib/notifications/presence.ts';
import { requestTest } from '#lib/notifications/request-test.ts';
import { unsubscribeDevice } from '#lib/notifications/subscribe-device.ts';
import { setThreadChoice } from '#lib/notifications/thread-choice.ts';
import { peopleToTell, shell } from './people-to-tell.ts';

const people = await peopleToTell();
const { service, services, owner } = people;
afterAll(people.notifier());
const asOwner = { ...services, actor: owner.actor };
const told = async (threadId: string | null) => (await listNotifications(asOwner)).notifications.filter((row) => row.threadId === threadId);

describe('a question', () => {
  test('reaches every device of the person once, encrypted, in the words of Choir, and can be answered there', async () => {
    await people.settle({});
    const [phone, tablet] = [await people.device(), await people.device()];
    const thread = await people.thread();
    const approvalId = await thread.ask();
    await expect.poll(() => [phone.received.length, tablet.received.length]).toEqual([1, 1]);
    expect(phone.received[0]).toMatchObject({
      urgency: 'high',
      payload: {
        kind: 'approval',
        tag: thread.threadId,
        url: `/threads/${thread.threadId}`,
        title: 'May this run?',
        body: 'Publish the package\n⚠ It reaches the network.\nnpm publish',
        badge: 1,
        question: { approvalId, actionHash: `hash of ${approvalId}`, userId: owner.userId },
      },
    });
    await expect
      .poll(async () => (await told(thread.threadId))[0]?.deliveries.map(({ status }) => status))
      .toEqual(['accepted', 'accepted']);
    await thread.answer(approvalId);
    await unsubscribeDevice({ ...services, actor: tablet.actor });
    await thread.end();
    await expect.poll(() => phone.received.map(({ payload }) => payload.kind)).toEqual(['approval', 'done']);
    expect(phone.received[1]?.payload).toMatchObject({ title: 'Done', tag: thread.threadId, badge: 0 });
    expect(phone.received[1]?.payload.body).not.toContain('I am sure');
    expect(phone.received[0]?.topic).toBe(phone.received[1]?.topic);
    expect(tablet.received).toHaveLength(1);
    await unsubscribeDevice({ ...services, actor: phone.actor });
  });

  test('cannot be answered from a notification that does not show all of it', async () => {
    const phone = await people.device();
    const long = await people.thread();
    await long.ask({ call: shell(`echo ${'a'.repeat(2_000)}; rm -rf /`) });
    const screen = await people.thread();
    await screen.ask({ call: undefined, screen: 'Approve everything? [y]' }, 'prompt');
    const hidden = await people.thread();
    await hidden.ask({ call: shell('echo \u202eevil') });
    await expect.poll(() => phone.received.length).toBe(3);
    const payloads = new Map(phone.received.map(({ payload }) => [payload.tag, payload]));
    expect(payloads.get(long.threadId)?.question).toBeUndefined();
    expect(payloads.get(long.threadId)?.body).toMatch(/…\nOpen it to see all of it\.$/);
    expect(payloads.get(screen.threadId)).toMatchObject({ kind: 'question', body: expect.not.stringContaining('Approve everything') });
    expect(payloads.get(screen.threadId)?.question).toBeUndefined();
    expect(payloads.get(hidden.threadId)?.body).toContain('⟨right-to-left override⟩');
    await unsubscribeDevice({ ...services, actor: phone.actor });
  });

  test('is told to nobody once it was answered within the grace, and waits while a device shows its thread', async () => {
    const phone = await people.device();
    await people.settle({ graceSeconds: 600 });
    const quick = await people.thread();
    await quick.answer(await quick.ask());
    await expect.poll(async () => (await told(quick.threadId))[0]?.reason).toBe('answered in time');
    await people.settle({});
    const looked = await people.thread();
    await markPresence({ ...services, actor: owner.actor }, { threadId: looked.threadId });
    await looked.ask();
    await expect.poll(async () => (await told(looked.threadId))[0]?.status).toBe('waiting');
    await looked.answer((await services.ledger.load(looked.threadId)).run?.approvals[0]?.approvalId ?? '');
    await looked.end();
    await expect.poll(async () => (await told(looked.threadId)).map(({ reason }) => reason)).toContain('seen in the thread');
    expect(phone.received).toEqual([]);
    await unsubscribeDevice({ ...services, actor: phone.actor });
  });
});

describe('what a person chose', () => {
  test('holds for a thread and for quiet hours, and the words of a failed run stay out', async () => {
    const phone = await people.device();
    const questionsOnly = await people.thread();
    await setThreadChoice(asOwner, { threadId: questionsOnly.threadId, choice: 'questions' });
    await questionsOnly.end();
    const muted = await people.thread();
    await setThreadChoice(asOwner, { threadId: muted.threadId, choice: 'none' });
    await muted.ask();
    const failing = await people.thread('Fail');
    await failing.fail();
    await expect
      .poll(() => phone.received.map(({ payload }) => payload.body))
      .toEqual(['Fail\nIt did not get through. Open it to see why.']);
    for (const { threadId } of [questionsOnly, muted])
      await expect.poll(async () => (await told(threadId))[0]?.reason).toBe('not wanted for this thread');
    const hour = (ahead: number) => new Date(Date.now() + ahead * 3_600_000).toISOString().slice(11, 16);
    await people.settle({ quietHours: { from: hour(-1), to: hour(1), timeZone: 'UTC' } });
    const quiet = await people.thread();
    await quiet.ask();
    await expect
      .poll(async () => {
        const [row] = await services.database.sql<{ later: boolean }[]>`
          select due_at > now() + interval '50 minutes' as later from notifications where thread_id = ${quiet.threadId}`;
        return row?.later;
      })
      .toBe(true);
    expect(phone.received).toHaveLength(1);
    await people.settle({});
    await unsubscribeDevice({ ...services, actor: phone.actor });
  });
});

describe('a push service', () => {
  test('that is busy is asked again when it says so, and one that refuses is not', async () => {
    const [busy, strict] = [await people.device(), await people.device()];
    busy.answers.push({ status: 503, headers: { 'retry-after': '0' } }, { status: 429, headers: { 'retry-after': '0' } });
    strict.answers.push({ status: 403 });
    const thread = await people.thread();
    await thread.ask();
    await expect
      .poll(async () => (await told(thread.threadId))[0]?.deliveries.map(({ status }) => status).toSorted())
      .toEqual(['accepted', 'failed']);
    const { deliveries } = (await told(thread.threadId))[0] ?? { deliveries: [] };
    expect(deliveries.find(({ status }) => status === 'accepted')?.attempts).toBe(3);
    expect(deliveries.find(({ status }) => status === 'failed')).toMatchObject({ attempts: 1, problem: 'The push service answered 403.' });
    for (const { actor } of [busy, strict]) await unsubscribeDevice({ ...services, actor });
  });

  test('that knows the device no more ends its subscription, and a test says so', async () => {
    const phone = await people.device();
    phone.answers.push({ status: 201 }, { status: 410 });
    const asPhone = { ...services, actor: phone.actor };
    await requestTest(asPhone);
    await expect.poll(() => phone.received.at(-1)?.payload).toMatchObject({ kind: 'test', title: 'Choir' });
    await requestTest(asPhone);
    await expect.poll(async () => (await told(null))[0]?.deliveries[0]?.status).toBe('expired');
    expect((await listNotifications(asPhone)).subscribed).toBe(false);
    await expect(requestTest(asPhone)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('on a private address is never written to, whatever stands in the table', async () => {
    const phone = await people.device();
    const asPhone = { ...services, actor: phone.actor };
    const inside = service.origin.replace('http:', 'https:');
    for (const endpoint of [inside, inside.replace('127.0.0.1', 'localhost.')]) {
      await services.database.sql`update push_subscriptions set endpoint = ${`${endpoint}/x`} where id = ${phone.subscriptionId}`;
      await requestTest(asPhone);
      await expect.poll(async () => (await told(null))[0]?.deliveries[0]?.problem).toMatch(/private|could not be reached/);
    }
    expect(phone.received).toEqual([]);
    await unsubscribeDevice(asPhone);
  });

  test('hears from Choir only what the standards allow', () => {
    expect(service.problems).toEqual([]);
  });
});
