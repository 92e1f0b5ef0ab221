import { expect, test } from 'vitest';
import { countFound } from './count-found.ts';

test('one of a kind is said as one', () => {
  const found = (threads: number, events: number, files: number) =>
    countFound({ threads: Array(threads), events: Array(events), files: Array(files) });
  expect(found(1, 4, 0)).toBe('1 thread, 4 events, 0 files');
  expect(found(2, 1, 1)).toBe('2 threads, 1 event, 1 file');
});
