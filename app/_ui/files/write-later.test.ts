import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeLater } from './write-later.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function writer() {
  const written: string[] = [];
  return { written, ...writeLater((text: string) => void written.push(text), 300) };
}

test('writes the newest words once, a while after the last of them', () => {
  const { put, written } = writer();
  put('one');
  vi.advanceTimersByTime(299);
  put('one and two');
  vi.advanceTimersByTime(299);
  expect(written).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(written).toEqual(['one and two']);
});

test('writes at once what waits when the page may go, and nothing where nothing waits', () => {
  const { put, flush, written } = writer();
  flush();
  put('one');
  flush();
  flush();
  vi.runAllTimers();
  expect(written).toEqual(['one']);
});

test('does not write what was saved or thrown away meanwhile', () => {
  const { put, drop, flush, written } = writer();
  put('one');
  drop();
  flush();
  vi.runAllTimers();
  expect(written).toEqual([]);
});
