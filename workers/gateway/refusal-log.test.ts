import { expect, test } from 'vitest';
import { createRefusalLog } from './refusal-log.ts';

test('a refusal is news again after ten seconds, for each run by itself', () => {
  let now = 0;
  const log = createRefusalLog(() => now);
  expect([log.isNews('ru_1'), log.isNews('ru_1'), log.isNews('ru_2')]).toEqual([true, false, true]);
  now = 10_000;
  expect(log.isNews('ru_1')).toBe(true);
});
