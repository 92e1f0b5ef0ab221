import { expect, test } from 'vitest';
import { createRefusalLog } from '#workers/gateway/refusal-log.ts';
import { createCallLimit } from './call-limit.ts';

test('each run has its own room for open calls, and a call that ends makes room', () => {
  const limit = createCallLimit(2);
  const leave = limit.enter('ru_1');
  expect(limit.enter('ru_1')).not.toBeNull();
  expect(limit.enter('ru_1')).toBeNull();
  expect(limit.enter('ru_2')).not.toBeNull();
  leave?.();
  expect(limit.enter('ru_1')).not.toBeNull();
  expect(limit.enter('ru_1')).toBeNull();
});

test('a refusal is news again after ten seconds, for each run by itself', () => {
  let now = 0;
  const log = createRefusalLog(() => now);
  expect([log.isNews('ru_1'), log.isNews('ru_1'), log.isNews('ru_2')]).toEqual([true, false, true]);
  now = 10_000;
  expect(log.isNews('ru_1')).toBe(true);
});
