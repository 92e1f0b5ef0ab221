import { expect, test } from 'vitest';
import { askPastSilence } from './ask-past-silence.ts';

const never = new Promise<never>(() => {});

test('asks again beside a connection that nobody answers, takes the first answer and lets the rest go', async () => {
  const signals: AbortSignal[] = [];
  const answer = await askPastSilence(
    (signal) => {
      signals.push(signal);
      return signals.length < 7 ? never : Promise.resolve('here');
    },
    1,
    1,
  );
  expect(answer).toBe('here');
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
});

test('asks once where the answer keeps coming', async () => {
  let askings = 0;
  await askPastSilence(async (_, onSign) => {
    askings += 1;
    for (let piece = 0; piece < 20; piece++) {
      await new Promise(setImmediate);
      onSign();
    }
  }, 1_000);
  expect(askings).toBe(1);
});

test('fails at once where there is no answer to wait for, and no sooner', async () => {
  await expect(askPastSilence(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  const first = Promise.withResolvers<string>();
  let askings = 0;
  const late = askPastSilence(
    () => {
      askings += 1;
      if (askings === 1) return first.promise;
      setImmediate(first.resolve, 'late');
      return Promise.reject(new Error('refused'));
    },
    1,
    1,
  );
  expect(await late).toBe('late');
});

test('gives up where all stay silent', async () => {
  await expect(askPastSilence(() => never, 1, 1)).rejects.toMatchObject({ status: 0 });
});
