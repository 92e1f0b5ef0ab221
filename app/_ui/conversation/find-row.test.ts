import { expect, it } from 'vitest';
import { foldAll } from '#lib/core/fold.ts';
import { askingThread, revertedThread } from '#tests/builders/sample-threads.ts';
import { findRow, openQuestions } from './find-row.ts';
import { groupItems } from './group-items.ts';

it('finds the row of every item, folded or not, and the one before an event that shows nowhere', () => {
  const { items, hidden, seq } = foldAll(revertedThread());
  const rows = groupItems(items, hidden);
  const shown = (index: number) => {
    const row = rows[index];
    return row?.kind === 'item' ? [row.item.key] : (row?.items.map(({ key }) => key) ?? []);
  };
  for (let at = 1; at <= seq; at += 1) {
    const expected = items.findLast((item) => item.seq <= at) ?? items[0];
    expect(shown(findRow(rows, at))).toContain(expected?.key);
  }
  expect(findRow([], 3)).toBe(-1);
});

it('knows the rows that ask', () => {
  const { items, hidden } = foldAll(askingThread());
  const rows = groupItems(items, hidden);
  expect(openQuestions(rows)).toEqual([rows.length - 1]);
  const closed = foldAll(revertedThread());
  expect(openQuestions(groupItems(closed.items, closed.hidden))).toEqual([]);
});
