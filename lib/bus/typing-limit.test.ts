import { expect, test } from 'vitest';
import { createTypingLimit } from './typing-limit.ts';

test('a flood of one thread takes nothing from another, and has room again a second later', () => {
  let now = 0;
  const hasRoom = createTypingLimit(() => now);
  const typed = (threadId: string, times: number, characters: number) =>
    Array.from({ length: times }, () => hasRoom(threadId, characters)).filter(Boolean).length;
  expect(typed('th_1', 100_000, 1)).toBe(500);
  expect(typed('th_2', 10, 30_000)).toBe(6);
  now = 1_000;
  expect(typed('th_1', 1, 1)).toBe(1);
});
