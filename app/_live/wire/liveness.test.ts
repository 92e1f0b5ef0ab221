import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLiveness } from './liveness.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How many answers it takes to open anew: TCP, WebSocket, the first word of NATS. */
const answersToOpen = 3;

/** A line whose answers take `answerMs`, or never come; and what was said of it, when. */
function watched(answerMs: number, rttMs = 20) {
  const line = { answerMs, isOpen: true };
  const startedAt = Date.now();
  const said: string[] = [];
  const say = (word: string) => void said.push(`${word} ${Date.now() - startedAt}`);
  const pending = new Set<(reason: Error) => void>();

  function afterAnswers(count: number, act: (tookMs: number) => void): void {
    const tookMs = count * line.answerMs;
    if (Number.isFinite(tookMs)) setTimeout(act, tookMs, tookMs);
  }

  const liveness = createLiveness(
    {
      askSign() {
        if (!line.isOpen) return Promise.reject(new Error('connection disconnected'));
        say('asked');
        return new Promise((resolve, reject) => {
          pending.add(reject);
          afterAnswers(1, resolve);
        });
      },
      onDoubt: () => say('doubt'),
      // As NATS does: what was asked on the socket that is dropped is never answered.
      onDead() {
        say('dead');
        for (const reject of pending) reject(new Error('connection disconnected'));
        pending.clear();
        line.isOpen = false;
        afterAnswers(answersToOpen, (tookMs) => {
          line.isOpen = true;
          liveness.reopened(tookMs);
        });
      },
      isHidden: () => false,
    },
    rttMs,
  );
  return { liveness, line, said };
}

test('a line that dies while much is said is doubted, then taken for dead, within a second', async () => {
  const { liveness, said } = watched(Number.POSITIVE_INFINITY);
  for (let message = 0; message < 20; message += 1) {
    await vi.advanceTimersByTimeAsync(50);
    liveness.heard();
  }
  await vi.advanceTimersByTimeAsync(1_000);
  expect(said).toEqual(['asked 1250', 'doubt 1500', 'dead 1750']);
});

test('a stream that begins after a quiet time is watched at once', async () => {
  const { liveness, said } = watched(Number.POSITIVE_INFINITY);
  for (let message = 0; message < 8; message += 1) liveness.heard();
  await vi.advanceTimersByTimeAsync(800);
  expect(said).toEqual(['asked 250', 'doubt 500', 'dead 750']);
});

test('a line that became slow is taken for dead once', async () => {
  const { liveness, said } = watched(2_600);
  for (let round = 0; round < 5; round += 1) {
    liveness.check();
    await vi.advanceTimersByTimeAsync(10_000);
  }
  expect(said.filter((word) => word.startsWith('dead'))).toEqual(['dead 500']);
  expect(said.at(-1)).toMatch(/^asked/);
});

test('a line that opened slowly and answers fast is taken for dead as soon as any other', async () => {
  const { liveness, line, said } = watched(20);
  liveness.reopened(4_000);
  await vi.advanceTimersByTimeAsync(100);
  line.answerMs = Number.POSITIVE_INFINITY;
  liveness.check();
  await vi.advanceTimersByTimeAsync(600);
  expect(said).toEqual(['asked 0', 'asked 100', 'doubt 350', 'dead 600']);
});

test('an answer that comes after a doubt ends it', async () => {
  const { liveness, line, said } = watched(300);
  liveness.check();
  await vi.advanceTimersByTimeAsync(600);
  expect(said).toEqual(['asked 0', 'doubt 250']);
  line.answerMs = 5_000;
  liveness.check();
  liveness.check();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(said.slice(2)).toEqual(['asked 600', 'doubt 1200', 'dead 1800']);
});

test('a message is a sign as good as the one that was asked for', async () => {
  const { liveness, said } = watched(Number.POSITIVE_INFINITY);
  liveness.check();
  await vi.advanceTimersByTimeAsync(300);
  liveness.heard();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(said.filter((word) => word.startsWith('dead'))).toEqual([]);
});

test('what an answer takes is learnt also where a message comes before it', async () => {
  const { liveness, line, said } = watched(10, 2_000);
  liveness.check();
  liveness.heard();
  await vi.advanceTimersByTimeAsync(20);
  line.answerMs = Number.POSITIVE_INFINITY;
  liveness.check();
  await vi.advanceTimersByTimeAsync(600);
  expect(said).toEqual(['asked 0', 'asked 20', 'doubt 270', 'dead 520']);
});

test('says nothing once it is closed', async () => {
  const { liveness, said } = watched(Number.POSITIVE_INFINITY);
  liveness.check();
  liveness.close();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(said).toEqual(['asked 0']);
});
