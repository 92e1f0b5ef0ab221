import { expect, test } from 'vitest';
import { emptyChangeSummary } from '#lib/core/change.ts';
import { keptWords } from './kept-words.ts';

const changed = (fileCount: number) => ({ ...emptyChangeSummary, fileCount });

test('a receipt counts what was kept, and never no files', () => {
  expect([0, 1, 2].map((count) => keptWords(changed(count)))).toEqual(['Carried out: it changed no file', 'Kept 1 file', 'Kept 2 files']);
  const choice = { shown: changed(3), droppedCount: 0 };
  expect(keptWords(changed(1), choice)).toBe('Kept 1 of 3 files');
  expect(keptWords(changed(1), { ...choice, droppedCount: 2 })).toBe('Kept 1 of 3 files without 2 parts');
  expect(keptWords(changed(3), { ...choice, droppedCount: 1 })).toBe('Kept 3 files without 1 part');
});
