import { expect, test } from 'vitest';
import { describeDuration, describeUsd } from './describe-limit.ts';

test.each([
  [0, '$0'],
  [0.0004, '$0.0004'],
  [0.05, '$0.05'],
  [12.5, '$12.50'],
])('%d dollars are %s', (usd, words) => {
  expect(describeUsd(usd)).toBe(words);
});

test.each([
  [1_400, '1 s'],
  [90_000, '2 min'],
  [7_200_000, '2 h'],
  [7_500_000, '2 h 5 min'],
])('%d milliseconds are %s', (milliseconds, words) => {
  expect(describeDuration(milliseconds)).toBe(words);
});
