import { naturalOrder } from '#lib/core/words/natural-order.ts';

export type Order = { column: number; descending: boolean } | null;

/** Rows that hold `text` in some cell, letter case aside, in the order that is wanted: numbers by value, all else by the alphabet, empty cells last. */
export function arrangeRows(rows: readonly string[][], text: string, order: Order): readonly string[][] {
  const wanted = text.trim().toLowerCase();
  const kept = wanted === '' ? rows : rows.filter((row) => row.some((cell) => cell.toLowerCase().includes(wanted)));
  if (!order) return kept;
  const { column, descending } = order;
  const sign = descending ? -1 : 1;
  return kept.toSorted((left, right) => {
    const [a = '', b = ''] = [left[column], right[column]];
    if (a === '' || b === '') return Number(a === '') - Number(b === '');
    return sign * compareCells(a, b);
  });
}

function compareCells(left: string, right: string): number {
  const [a, b] = [Number(left), Number(right)];
  return Number.isNaN(a) || Number.isNaN(b) ? naturalOrder(left, right) : a - b;
}
