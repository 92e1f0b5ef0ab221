import { expect, test } from 'vitest';
import { describeTime } from './describe-time.ts';

const now = new Date(2026, 10, 21, 12);

test.each([
  ['the time alone, today', new Date(2026, 10, 21, 4, 5).toISOString(), '04:05'],
  ['the day too, before and after', new Date(2026, 10, 20, 23, 59).toISOString(), '20 Nov, 23:59'],
  ['the year too, in another one', new Date(2025, 10, 21, 4, 5).toISOString(), '21 Nov 2025, 04:05'],
  ['what is no time as it is, without what a terminal obeys', '\u001b[31msoon', 'soon'],
])('says %s', (_, at, words) => {
  expect(describeTime(at, now)).toBe(words);
});
