import { describe, expect, it } from 'vitest';
import { foldAll } from '#lib/core/fold.ts';
import { ledgerOf } from '#tests/builders/ledger.ts';
import { workingThread } from '#tests/builders/sample-threads.ts';
import { groupItems } from './group-items.ts';

function rowsOf(facts: Parameters<typeof ledgerOf>[0]) {
  const state = foldAll(ledgerOf(facts));
  return groupItems(state.items, state.hidden);
}

describe('the rows of a conversation', () => {
  it('show every item exactly once', () => {
    const state = foldAll(workingThread());
    const shown = groupItems(state.items, state.hidden).flatMap((row) =>
      row.kind === 'item' ? [row.item.key] : row.items.map(({ key }) => key),
    );
    expect(shown.toSorted()).toEqual(state.items.map(({ key }) => key).toSorted());
  });

  it('fold finished calls in a row and leave the newest checkpoint in sight', () => {
    const state = foldAll(workingThread());
    const rows = groupItems(state.items, state.hidden);
    const folded = rows.findIndex((row) => row.kind === 'work');
    expect(rows[folded]).toMatchObject({ kind: 'work' });
    expect(rows[folded + 1]).toMatchObject({ kind: 'item', item: { kind: 'checkpoint' } });
  });

  it('put what a revert took back under that revert', () => {
    const revert = { checkpointId: 'cp_0', fromCheckpointId: 'cp_1', reason: '', cannotUndo: [], scope: 'both' as const };
    const changes = { files: [], fileCount: 0, deletedCount: 0, additions: 0, deletions: 0, leftOut: [] };
    const rows = rowsOf([
      { type: 'message.posted', data: { text: 'kept' } },
      { type: 'message.posted', data: { text: 'taken back' } },
      { type: 'thread.reverted', data: { ...revert, changes, hidden: [[2, 2]] } },
    ]);
    expect(rows.map((row) => (row.kind === 'item' ? row.item.kind : row.kind))).toEqual(['message', 'revert', 'taken-back']);
  });
});
