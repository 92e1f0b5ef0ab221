'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import type { LedgerEvent } from '#lib/core/event.ts';
import { askUntilAnswered } from '../../_live/ask-until-answered.ts';
import { readEvents } from '../../_live/read-events.ts';
import { requestJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { createLedgerPages, type LedgerIndex } from './ledger-pages.ts';

type UseLedger = { threadId: string; query: string; index: LedgerIndex; first: readonly LedgerEvent[]; liveSeq: number };

/** A thread's ledger through a filter, read as one looks at it, which grows as the thread does. */
export function useLedger({ threadId, query, index, first, liveSeq }: UseLedger) {
  const [pages] = useState(() =>
    createLedgerPages(index, first, async (seqs, signal) => {
      const events = [];
      for await (const event of readEvents(threadId, rangeOf(seqs), signal)) events.push(event);
      return events;
    }),
  );

  useEffect(() => {
    if (index.seqs === null) pages.grow(liveSeq, []);
    if (liveSeq <= pages.through()) return;
    const path = threadPath(threadId, `/events/seqs?after=${pages.through()}&${query}`);
    return askUntilAnswered(
      (signal) => requestJson<{ seqs: number[]; through: number }>(path, { signal }),
      ({ seqs, through }) => pages.grow(through, seqs),
    );
  }, [pages, index.seqs, liveSeq, threadId, query]);

  return { pages, ledger: useSyncExternalStore(pages.subscribe, pages.getView, pages.getView) };
}

function rangeOf(seqs: readonly number[]): string {
  const first = seqs[0] ?? 0;
  const last = seqs.at(-1) ?? 0;
  return last - first === seqs.length - 1 ? `after=${first - 1}&before=${last + 1}` : `seqs=${seqs.join()}`;
}
