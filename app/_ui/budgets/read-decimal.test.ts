import { expect, test } from 'vitest';
import { readDecimal } from './read-decimal.ts';

test('a comma is a point', () => {
  expect([' 2,50', '2.5', '10'].map(readDecimal)).toEqual([2.5, 2.5, 10]);
});

test('what is no number is none', () => {
  expect(['', ' ', 'ten', '1,000.00', '2 5'].map(readDecimal)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
});
