import { describe, expect, it } from 'vitest';
import { foldAll } from '#lib/core/fold.ts';
import { revertedThread } from '#tests/builders/sample-threads.ts';
import { foldOlderItems } from './older-items.ts';

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
