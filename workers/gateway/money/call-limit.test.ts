import { expect, test } from 'vitest';
import { createCallLimit } from './call-limit.ts';

const minuteMs = 60_000;

test('each run has its own room for open calls, and a call that ends makes room', () => {
  const limit = createCallLimit({ open: 2, perMinute: 100, bytes: 10 });
  const place = limit.enter('ru_1');
  expect(limit.enter('ru_1')).not.toBeNull();
  expect(limit.enter('ru_1')).toBeNull();
  expect(limit.enter('ru_2')).not.toBeNull();
  place?.leave();
  expect(limit.enter('ru_1')).not.toBeNull();
  expect(limit.enter('ru_1')).toBeNull();
});

test('a run makes so many calls in a minute, whether they are open or not', () => {
  let now = minuteMs / 2;
  const limit = createCallLimit({ open: 9, perMinute: 2, bytes: 10 }, () => now);
  const open = limit.enter('ru_1');
  limit.enter('ru_1')?.leave();
  expect(limit.enter('ru_1')).toBeNull();
  now = minuteMs;
  expect(limit.enter('ru_2')).not.toBeNull();
  expect([limit.enter('ru_1'), limit.enter('ru_1'), limit.enter('ru_1')].map((place) => place !== null)).toEqual([true, true, false]);
  open?.leave();
});

test('the requests of a run hold so many bytes together, until their calls end', () => {
  const limit = createCallLimit({ open: 9, perMinute: 9, bytes: 10 });
  const [first, second] = [limit.enter('ru_1'), limit.enter('ru_1')];
  expect([first?.hold(4), first?.hold(4), second?.hold(4), second?.hold(2)]).toEqual([true, true, false, true]);
  expect(limit.enter('ru_2')?.hold(10)).toBe(true);
  first?.leave();
  expect(second?.hold(8)).toBe(true);
});
