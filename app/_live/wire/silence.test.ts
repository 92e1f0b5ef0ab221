import { expect, test } from 'vitest';
import { askAt, hear, startHearing } from './silence.ts';

function after(pausesMs: number[]) {
  let at = 0;
  let hearing = startHearing(at);
  for (const pauseMs of pausesMs) {
    at += pauseMs;
    hearing = hear(hearing, at);
  }
  return askAt(hearing) - at;
}

test('asks soon after a stream breaks off, and seldom where little is said', () => {
  expect(after([])).toBe(5_000);
  expect(after(Array(40).fill(100))).toBe(500);
  expect(after(Array(40).fill(1_000))).toBeGreaterThan(4_000);
  expect(after(Array(40).fill(60_000))).toBe(5_000);
});

test('takes no pause of a stream for its end that is like those before it', () => {
  for (const pauseMs of [50, 200, 700, 1_200]) expect(after(Array(60).fill(pauseMs))).toBeGreaterThan(pauseMs * 3);
});
