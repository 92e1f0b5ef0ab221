import { afterEach, expect, test, vi } from 'vitest';
import { forgetWords } from './forget-words.ts';
import { type KeptKey, personKey } from './kept-key.ts';

afterEach(() => vi.unstubAllGlobals());

test('everything a person wrote is forgotten, with whose it was, and nothing that is not of Choir', async () => {
  const kept: KeptKey[] = ['choir-draft:th_1', 'choir-edit:th_1:a.txt', 'choir-reviewed:th_1'];
  const stored: Record<string, string> = Object.fromEntries([...kept, personKey, 'of another app'].map((key) => [key, 'words']));
  // As a browser's storage is, its keys are its own.
  Object.defineProperty(stored, 'removeItem', { value: (key: string) => delete stored[key] });
  vi.stubGlobal('localStorage', stored);
  await forgetWords();
  expect(Object.keys(stored)).toEqual(['of another app']);
});
