import { expect, test } from 'vitest';
import { emptyChangeSummary } from '#lib/core/change.ts';
import { keptWords } from './kept-words.ts';

const changed = (fileCount: number) => ({ ...emptyChangeSummary, fileCount });

test('a receipt counts what was kept, and never no files', () => {
  expect([0, 1, 2].map((count) => keptWords(changed(count)))).toEqual(['Carried out: it changed no file', 'Kept 1 file', 'Kept 2 files']);
  expect(keptWords(changed(1), changed(3))).toBe('Kept 1 of 3 files');
});
