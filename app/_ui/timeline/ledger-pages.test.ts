import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '#lib/core/event.ts';
import { ledgerOf } from '#tests/builders/ledger.ts';
import { createLedgerPages, type LedgerIndex } from './ledger-pages.ts';

const ledger = ledgerOf(Array.from({ length: 1_000 }, (_, index) => ({ type: 'message.posted' as const, data: { text: `${index + 1}` } })));

function opened(index: LedgerIndex, first: LedgerEvent[] = []) {
  const asked: (readonly number[])[] = [];
  let isAway = false;
  const pages = createLedgerPages(index, first, async (seqs, signal) => {
    asked.push(seqs);
    await Promise.resolve();
    signal.throwIfAborted();
    if (isAway) throw new Error('away');
    return ledger.filter(({ seq }) => seqs.includes(seq));
  });
  const shown = (at: number) => pages.getView().eventAt(at)?.seq;
  return { pages, asked, shown, away: (state: boolean) => (isAway = state) };
}

describe('a long ledger on a device', () => {
  it('reads the pages that are looked at, each once', async () => {
    const { pages, asked, shown } = opened({ seqs: null, through: 1_000 });
    expect(pages.getView().count).toBe(1_000);
    pages.show(450, 520);
    pages.show(450, 520);
    await expect.poll(() => shown(520)).toBe(521);
    expect(shown(399)).toBeUndefined();
    expect(asked.map((seqs) => [seqs[0], seqs.length])).toEqual([
      [401, 100],
      [501, 100],
    ]);
  });

  it('shows what came with the page without asking, and asks only for the rest', async () => {
    const { pages, asked, shown } = opened({ seqs: null, through: 250 }, ledger.slice(200, 230));
    expect(shown(229)).toBe(230);
    pages.show(200, 249);
    await expect.poll(() => shown(249)).toBe(250);
    expect(asked).toEqual([ledger.slice(230, 250).map(({ seq }) => seq)]);
  });

  it('finds places among filtered events, and grows at the end without moving the others', async () => {
    const { pages, shown } = opened({ seqs: [3, 9, 400], through: 500 });
    expect([3, 4, 9, 401].map(pages.getView().indexOf)).toEqual([0, 1, 1, 3]);
    pages.show(0, 2);
    await expect.poll(() => shown(2)).toBe(400);
    pages.grow(700, [400, 650]);
    pages.grow(600, [555]);
    expect(pages.getView().count).toBe(4);
    pages.show(0, 3);
    await expect.poll(() => shown(3)).toBe(650);
    expect(shown(1)).toBe(9);
  });

  it('reads on where the ledger grows while its last page is read', async () => {
    const { pages, asked, shown } = opened({ seqs: null, through: 40 });
    pages.show(20, 39);
    pages.grow(42, []);
    pages.show(20, 41);
    await expect.poll(() => shown(41)).toBe(42);
    expect(asked.map((seqs) => seqs.length)).toEqual([40, 2]);
  });

  it('lets go of what a quick thumb passed by, and tries again after a failure', async () => {
    const { pages, shown, away } = opened({ seqs: null, through: 1_000 });
    pages.show(0, 50);
    pages.show(900, 950);
    await expect.poll(() => shown(950)).toBe(951);
    expect(shown(0)).toBeUndefined();
    away(true);
    pages.show(0, 50);
    await expect.poll(() => pages.getView().failed).toBe(true);
    away(false);
    pages.show(0, 50);
    await expect.poll(() => shown(50)).toBe(51);
    expect(pages.getView().failed).toBe(false);
  });

  it('asks again for what it let go of, also where the thumb is back before that has ended', async () => {
    const { pages, asked, shown } = opened({ seqs: null, through: 1_000 });
    pages.show(0, 50);
    pages.show(900, 950);
    pages.show(0, 50);
    await expect.poll(() => shown(50)).toBe(51);
    expect(asked.map(([first]) => first)).toEqual([1, 901, 1]);
  });

  it('takes nothing of a page that it let go of, though the answer comes', async () => {
    const rest = Promise.withResolvers<void>();
    const pages = createLedgerPages({ seqs: null, through: 8_000 }, ledger.slice(0, 50), async (seqs) => {
      if (seqs[0] === 51) await rest.promise;
      return seqs.map((seq) => ({ ...ledger[0], seq }) as LedgerEvent);
    });
    const shown = (at: number) => pages.getView().eventAt(at)?.seq;
    pages.show(0, 99);
    for (let at = 100; at < 7_000; at += 100) {
      pages.show(at, at);
      await expect.poll(() => shown(at)).toBe(at + 1);
    }
    rest.resolve();
    await rest.promise;
    pages.show(0, 99);
    await expect.poll(() => shown(99)).toBe(100);
    expect(shown(0)).toBe(1);
  });
});
