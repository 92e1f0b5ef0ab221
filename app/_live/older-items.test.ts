import { describe, expect, it } from 'vitest';
import { foldAll } from '#lib/core/fold.ts';
import { revertedThread } from '#tests/builders/sample-threads.ts';
import { foldOlderItems, keepFallenItems, nothingRead } from './older-items.ts';

const events = revertedThread();
const whole = foldAll(events).items;

describe('older items', () => {
  it('are the same as in the fold of the whole ledger, wherever the slice begins', () => {
    for (let begin = 5; begin < events.length - 1; begin++) {
      const slice = events.slice(begin);
      const proposed = new Set(slice.map((event) => event.id));
      const older = foldOlderItems(slice, events.length + 1);
      expect(older.filter((item) => item.kind !== 'run-ended' && item.kind !== 'plan')).toEqual(
        whole.filter((item) => proposed.has(item.key) && item.kind !== 'run-ended' && item.kind !== 'plan'),
      );
    }
  });

  it('never show buttons for a question that was closed beyond the slice', () => {
    const asked = events.findIndex((event) => event.type === 'approval.requested');
    const items = foldOlderItems(events.slice(5, asked + 1), events.length);
    expect(items.find((item) => item.kind === 'approval')).toMatchObject({ approval: { withdrawn: { reason: 'closed later' } } });
  });
});

describe('what was read back', () => {
  const at = (from: number, to: number) => whole.slice(from, to);
  const seqs = (items: { seq: number }[]) => items.map(({ seq }) => seq);
  const begun = { begin: 1, items: at(0, 2) };

  it('meets the window wherever it moves', () => {
    const moved = keepFallenItems(begun, at(2, 5), at(4, 7));
    expect(seqs([...moved.items, ...at(4, 7)])).toEqual(seqs(at(0, 7)));
    expect(keepFallenItems(moved, at(4, 7), at(4, 8))).toBe(moved);
  });

  it('starts over when the window moved on past all that was held', () => {
    expect(keepFallenItems(begun, at(2, 4), at(5, 8))).toBe(nothingRead);
  });

  it('keeps nothing as long as nobody reads back', () => {
    expect(keepFallenItems(nothingRead, at(2, 5), at(4, 7))).toBe(nothingRead);
  });
});
