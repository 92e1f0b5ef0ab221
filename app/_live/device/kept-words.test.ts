import { afterEach, expect, test, vi } from 'vitest';
import type { KeptKey } from './kept-key.ts';
import { followKept, keepWords, keptValue, keptWords } from './kept-words.ts';

/** A browser's storage with room for a few letters, or none that may be used at all. */
function device(room: number) {
  const stored = new Map<string, string>();
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem(key: string, words: string) {
      if (words.length > room) throw new DOMException('Full.', 'QuotaExceededError');
      stored.set(key, words);
    },
    removeItem: (key: string) => void stored.delete(key),
  };
  vi.stubGlobal('localStorage', storage);
  return stored;
}

const [a, b, c] = ['choir-draft:a', 'choir-edit:b', 'choir-reviewed:c'] as const satisfies KeptKey[];

afterEach(() => vi.unstubAllGlobals());

test('tells of what is kept and let go of, here and in another tab, until nobody listens', () => {
  device(10);
  const page = new EventTarget();
  vi.stubGlobal('window', page);
  const heard: string[] = [];
  const stop = followKept(() => void heard.push(keptWords(a)));
  keepWords(a, 'one');
  keepWords(a, 'too long to be stored');
  page.dispatchEvent(new Event('storage'));
  keepWords(a, '');
  stop();
  keepWords(a, 'two');
  page.dispatchEvent(new Event('storage'));
  expect(heard).toEqual(['one', 'too long to be stored', 'too long to be stored', '']);
});

test('keeps words, and lets them go', () => {
  const stored = device(10);
  expect(keepWords(a, 'one')).toBe(true);
  expect(keptWords(a)).toBe('one');
  expect(keepWords(a, '')).toBe(true);
  expect([keptWords(a), stored.size]).toEqual(['', 0]);
});

test('gives what was kept as JSON, and nothing for what is none', () => {
  device(10);
  keepWords(a, '["one"]');
  keepWords(b, '["one');
  expect([keptValue(a), keptValue(b), keptValue(c)]).toEqual([['one'], null, null]);
});

test('where there is no room the newest words stay as long as the page, and no older ones come back', () => {
  const stored = device(10);
  keepWords(a, 'one');
  expect(keepWords(a, 'one and two')).toBe(false);
  expect([keptWords(a), stored.size]).toEqual(['one and two', 0]);
  expect(keepWords(a, 'two')).toBe(true);
  expect([keptWords(a), stored.get(a)]).toEqual(['two', 'two']);
});

test('where nothing may be stored words live as long as the page', () => {
  vi.stubGlobal('localStorage', undefined);
  expect(keepWords(a, 'one')).toBe(false);
  expect(keptWords(a)).toBe('one');
  keepWords(a, '');
  expect(keptWords(a)).toBe('');
});
