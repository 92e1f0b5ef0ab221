import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { listNotifications } from '#lib/notifications/list-notifications.ts';
import { peopleToTell } from './people-to-tell.ts';

const people = await peopleToTell();
const { service, services, owner } = people;
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

async function killedBy(work: () => Promise<void>): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', './bin/quick-start.mjs', 'tests/push/notifier-process.ts'],
    {
      env: { ...process.env, ...people.environment },
      stdio: 'ignore',
    },
  );
  started.push(child);
  const exited = once(child, 'exit');
  await work();
  child.kill('SIGKILL');
  await exited;
}

test('a question asked while no notifier lives is told by the next one, and a push that a killed one had under way goes out again as the same', async () => {
  await people.settle({});
  const [phone, tablet] = [await people.device(), await people.device()];
  phone.hold = true;
  const [first, second] = [await people.thread(), await people.thread()];
  const ended = async () => {
    const { notifications } = await listNotifications({ ...services, actor: owner.actor });
    return notifications.flatMap(({ deliveries }) => deliveries.map(({ status }) => status)).toSorted();
  };
  await killedBy(async () => {
    await first.ask();
    await expect.poll(() => phone.received.length).toBe(1);
    await expect.poll(ended).toEqual(['accepted', 'sending']);
  });
  await second.ask();
  phone.hold = false;
  await services.database.sql`update push_deliveries set claimed_at = claimed_at - interval '2 minutes'`;
  for (const stop of [people.notifier(), people.notifier()]) onTestFinished(stop);
  await expect.poll(() => phone.received.length).toBe(3);
  await expect.poll(() => tablet.received.length).toBe(2);
  const ids = phone.received.map(({ payload }) => payload.id);
  expect(new Set(ids).size).toBe(2);
  const again = phone.received.filter(({ payload }) => payload.tag === first.threadId);
  expect(again).toHaveLength(2);
  expect(again[1]).toEqual(again[0] && { ...again[0], payload: { ...again[0].payload, badge: 2 } });
  await expect.poll(ended).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
  expect(service.problems).toEqual([]);
});
