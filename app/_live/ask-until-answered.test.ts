import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { askUntilAnswered } from './ask-until-answered.ts';

const restMs = 100;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('asks again after each failure, until there is an answer', async () => {
  let askings = 0;
  const heard: string[] = [];
  askUntilAnswered(
    async () => {
      askings += 1;
      if (askings < 3) throw new Error('away');
      return 'here';
    },
    (answer) => heard.push(answer),
    restMs,
  );
  await vi.advanceTimersByTimeAsync(5 * restMs);
  expect(askings).toBe(3);
  expect(heard).toEqual(['here']);
});

test('hears nothing, and asks no more, once it was stopped', async () => {
  const late = Promise.withResolvers<string>();
  const heard: string[] = [];
  let askings = 0;
  const ask = (answer: Promise<string>) => () => {
    askings += 1;
    return answer;
  };
  const stops = [late.promise, Promise.reject(new Error('away'))].map((answer) =>
    askUntilAnswered(ask(answer), (found) => heard.push(found), restMs),
  );
  for (const stop of stops) stop();
  late.resolve('late');
  await vi.advanceTimersByTimeAsync(5 * restMs);
  expect(heard).toEqual([]);
  expect(askings).toBe(2);
});
