import { describe, expect, it } from 'vitest';
import { foldAll } from '#lib/core/fold.ts';
import { revertedThread } from '#tests/builders/sample-threads.ts';
import { followWindow, itemsIn, stretchOf, trimmed, withNewer, withOlder } from './stretch.ts';

const whole = foldAll(revertedThread()).items;
const windowOf = (from: number, to: number) => ({ items: whole.slice(from, to), hasOlderItems: from > 0 });
const seqs = (items: readonly { seq: number }[]) => items.map(({ seq }) => seq);
const seqAt = (index: number) => whole[index]?.seq ?? 0;

describe('the part of a conversation in hand', () => {
  it('begins with the window, at the start where nothing is older', () => {
    expect(stretchOf(windowOf(3, 8)).begin).toBe(seqAt(3));
    expect(stretchOf(windowOf(0, 8)).begin).toBe(1);
  });

  it('keeps what the window lets go of', () => {
    const moved = followWindow(stretchOf(windowOf(2, 5)), windowOf(2, 5), windowOf(4, 7));
    expect(seqs(itemsIn(moved, windowOf(4, 7)))).toEqual(seqs(whole.slice(2, 7)));
    expect(followWindow(moved, windowOf(4, 7), windowOf(4, 8))).toBe(moved);
  });

  it('starts over, as another place, when the window moved on past all that was held', () => {
    expect(followWindow(stretchOf(windowOf(2, 4)), windowOf(2, 4), windowOf(5, 8))).toEqual(stretchOf(windowOf(5, 8), 1));
  });

  it('takes older pages in front', () => {
    const read = withOlder(stretchOf(windowOf(4, 8)), seqAt(2), whole.slice(2, 4));
    expect(seqs(itemsIn(read, windowOf(4, 8)))).toEqual(seqs(whole.slice(2, 8)));
    expect(read.begin).toBe(seqAt(2));
  });

  it('far from the window shows itself alone, follows nothing, and joins it once it reaches it', () => {
    const away = { begin: 1, end: seqAt(2), items: whole.slice(0, 2), place: 1 };
    expect(seqs(itemsIn(away, windowOf(5, 8)))).toEqual(seqs(whole.slice(0, 2)));
    expect(followWindow(away, windowOf(5, 8), windowOf(6, 9))).toBe(away);
    const nearer = withNewer(away, seqAt(4), whole.slice(2, 4), windowOf(5, 8));
    expect(nearer.end).toBe(seqAt(4));
    const joined = withNewer(nearer, seqAt(7), whole.slice(4, 7), windowOf(5, 8));
    expect(joined.end).toBeNull();
    expect(seqs(itemsIn(joined, windowOf(5, 8)))).toEqual(seqs(whole.slice(0, 8)));
  });

  it('lets go of the oldest beyond a number', () => {
    const long = withOlder(stretchOf(windowOf(6, 8)), 1, whole.slice(0, 6));
    expect(trimmed(long, 2)).toMatchObject({ begin: seqAt(4), items: whole.slice(4, 6) });
    expect(trimmed(long, 6)).toBe(long);
  });
});
