import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createReadSoon } from './read-soon.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is read, when, and how long that takes. */
function list(tookMs: number) {
  const startedAt = Date.now();
  const readAt: number[] = [];
  const soon = createReadSoon(async () => {
    readAt.push(Date.now() - startedAt);
    await new Promise((resolve) => setTimeout(resolve, tookMs));
  });
  return { ...soon, readAt };
}

async function changeEach100Ms(change: () => void, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    change();
    await vi.advanceTimersByTimeAsync(100);
  }
}

test('changes at once are read once, a moment later', async () => {
  const { change, readAt } = list(10);
  change();
  await vi.advanceTimersByTimeAsync(100);
  change();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(readAt).toEqual([250]);
});

test('what changes all the time is read each second', async () => {
  const { change, readAt } = list(10);
  await changeEach100Ms(change, 30);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(readAt).toEqual([250, 1_250, 2_250, 3_250]);
});

test('a reading that takes long ends before the next one begins', async () => {
  const { change, readAt } = list(3_000);
  await changeEach100Ms(change, 40);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(readAt).toEqual([250, 3_500, 6_750]);
});

test('nothing is read once it was stopped', async () => {
  const { change, stop, readAt } = list(1_000);
  change();
  await vi.advanceTimersByTimeAsync(300);
  change();
  stop();
  change();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(readAt).toEqual([250]);
});
