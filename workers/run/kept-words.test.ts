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

test('a receipt says that files were deleted', () => {
  const deleted = (fileCount: number, deletedCount: number) => ({ ...changed(fileCount), deletedCount });
  const choice = { shown: changed(3), droppedCount: 0 };
  expect(keptWords(deleted(1, 1))).toBe('Kept the deletion of 1 file');
  expect(keptWords(deleted(3, 1))).toBe('Kept 3 files, 1 of them deleted');
  expect(keptWords(deleted(1, 1), choice)).toBe('Kept the deletion of 1 of 3 files');
  expect(keptWords(deleted(2, 1), { ...choice, droppedCount: 1 })).toBe('Kept 2 of 3 files without 1 part, 1 of them deleted');
});
