import type { Row } from './group-items.ts';

/** Index of the row that shows the event `seq`, or, where it shows nowhere, what came last before it. -1 without rows. */
export function findRow(rows: readonly Row[], seq: number): number {
  let best = -1;
  let bestSeq = -1;
  for (const [index, row] of rows.entries())
    for (const item of row.kind === 'item' ? [row.item] : row.items)
      if (item.seq <= seq && item.seq > bestSeq) {
        best = index;
        bestSeq = item.seq;
      }
  return best === -1 && rows.length > 0 ? 0 : best;
}

export function findRowKey(rows: readonly Row[], key: string): number {
  return rows.findIndex((row) => row.key === key);
}

/** Indexes of the rows that ask: they are few, and near the end. */
export function openQuestions(rows: readonly Row[]): number[] {
  const found: number[] = [];
  for (const [index, row] of rows.entries())
    if (row.kind === 'item' && row.item.kind === 'approval' && !row.item.approval.answer && !row.item.approval.withdrawn) found.push(index);
  return found;
}
