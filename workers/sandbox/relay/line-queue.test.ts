import { expect, test } from 'vitest';
import { createLineQueue } from './line-queue.ts';

const line = (n: number) => ({ n, direction: 'out' as const, text: `line ${n}` });

test('lines are read in order, those that come meanwhile too, and others have their turn between them', async () => {
  const queue = createLineQueue(() => {});
  for (let n = 1; n <= 30; n += 1) queue.push(line(n));
  let isOthersTurn = false;
  setImmediate(() => {
    isOthersTurn = true;
  });
  const heard: number[] = [];
  let hadTurnAt = 0;
  for await (const { n } of queue.read(new AbortController().signal)) {
    heard.push(n);
    if (n === 20) queue.push(line(31));
    if (n === 31) queue.close();
    if (isOthersTurn) hadTurnAt ||= n;
    for (const since = performance.now(); performance.now() - since < 1; );
  }
  expect(heard).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
  expect(hadTurnAt).toBeGreaterThan(0);
  expect(queue.unread()).toBe(0);
});
