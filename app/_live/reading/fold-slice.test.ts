import { describe, expect, it } from 'vitest';
import { foldAll } from '#lib/core/fold.ts';
import { itemWindow, type SeqRange } from '#lib/core/state.ts';
import { ledgerOf } from '#tests/builders/ledger.ts';
import { revertedThread } from '#tests/builders/sample-threads.ts';
import { foldSlice } from './fold-slice.ts';

type Fact = Parameters<typeof ledgerOf>[0][number];

const events = revertedThread();
const whole = foldAll(events).items;

describe('a slice of a ledger', () => {
  it('gives the same items as the fold of the whole, wherever it begins', () => {
    for (let begin = 5; begin < events.length - 1; begin++) {
      const slice = events.slice(begin);
      const proposed = new Set(slice.map((event) => event.id));
      const older = foldSlice(slice, events.length + 1, []);
      expect(older.filter((item) => item.kind !== 'run-ended' && item.kind !== 'plan')).toEqual(
        whole.filter((item) => proposed.has(item.key) && item.kind !== 'run-ended' && item.kind !== 'plan'),
      );
    }
  });

  it('shows no buttons for a question that was closed beyond it', () => {
    const asked = events.findIndex((event) => event.type === 'approval.requested');
    const items = foldSlice(events.slice(5, asked + 1), events.length, []);
    expect(items.find((item) => item.kind === 'approval')).toMatchObject({ approval: { withdrawn: { reason: 'closed later' } } });
  });

  it('says how long a run took only where it holds its beginning', () => {
    const run = ledgerOf([
      { type: 'message.posted', data: { text: 'at it' }, secondsLater: 1 },
      { type: 'run.completed', data: { summary: 'done' }, secondsLater: 60 },
    ]);
    expect(foldSlice(run, 10, []).at(-1)).toMatchObject({ kind: 'run-ended', workedMs: 0 });
    expect(foldSlice(events, events.length + 1, []).find(({ kind }) => kind === 'run-ended')).toEqual(
      whole.find(({ kind }) => kind === 'run-ended'),
    );
  });

  it('knows which plan was replaced, however far apart the two are, and which one was not after all', () => {
    const plan = (revision: number): Fact => ({ type: 'plan.proposed', data: { revision, reason: '', steps: [] } });
    const words = Array.from({ length: itemWindow }, (): Fact => ({ type: 'message.posted', data: { text: 'at it' } }));
    const slice = ledgerOf([plan(1), ...words, plan(2)]);
    const replaced = (hidden: SeqRange[]) =>
      foldSlice(slice, slice.length + 1, hidden).flatMap((item) => (item.kind === 'plan' ? [item.isReplaced] : []));
    expect(replaced([])).toEqual([true, false]);
    expect(replaced([[slice.length, slice.length]])).toEqual([false, false]);
  });
});
