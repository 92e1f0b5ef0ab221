import { expect, test } from 'vitest';
import { describeDuration } from './describe-limit.ts';

test.each([
  [1_400, '1 s'],
  [90_000, '2 min'],
  [7_200_000, '2 h'],
  [7_500_000, '2 h 5 min'],
])('%d milliseconds are %s', (milliseconds, words) => {
  expect(describeDuration(milliseconds)).toBe(words);
});
