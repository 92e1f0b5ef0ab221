import { expect, test } from 'vitest';
import { ask, askAt, type Hearing, hear, startHearing } from './silence.ts';

function after(pausesMs: number[]): Hearing {
  let at = 0;
  let hearing = startHearing(at);
  for (const pauseMs of pausesMs) {
    at += pauseMs;
    hearing = hear(hearing, at);
  }
  return hearing;
}

const waitOf = (hearing: Hearing) => askAt(hearing) - hearing.heardAt;

test('asks soon after a stream breaks off, and seldom where little is said', () => {
  expect(waitOf(after([]))).toBe(5_000);
  expect(waitOf(after(Array(40).fill(100)))).toBe(250);
  expect(waitOf(after(Array(40).fill(300)))).toBeLessThan(500);
  expect(waitOf(after(Array(40).fill(60_000)))).toBe(5_000);
});

test('takes no pause of a stream for its end that is like those before it', () => {
  for (const pauseMs of [50, 200, 700, 1_200]) expect(waitOf(after(Array(60).fill(pauseMs)))).toBeGreaterThan(pauseMs * 1.2);
});

test('asks less and less often about a stream that ended, and soon again once it goes on', () => {
  let hearing = after(Array(40).fill(50));
  const waits = Array.from({ length: 12 }, () => {
    const waitMs = waitOf(hearing);
    hearing = ask(hearing, hearing.heardAt + waitMs);
    return waitMs;
  });
  expect(waits).toEqual(waits.toSorted((left, right) => left - right));
  expect([waits[0], waits.at(-1)]).toEqual([250, 5_000]);
  for (let message = 0; message < 20; message += 1) hearing = hear(hearing, hearing.heardAt + 50);
  expect(waitOf(hearing)).toBeLessThan(300);
});
