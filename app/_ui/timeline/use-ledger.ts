'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import type { LedgerEvent } from '#lib/core/event.ts';
import { readEvents } from '../../_live/read-events.ts';
import { requestJson } from '../../_live/request.ts';
import { createLedgerPages, type LedgerIndex } from './ledger-pages.ts';

const retryMs = 3_000;

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
    const asking = new AbortController();
    let retry: ReturnType<typeof setTimeout> | undefined;
    const path = `/api/threads/${encodeURIComponent(threadId)}/events/seqs?after=${pages.through()}&${query}`;
    const read = () =>
      requestJson<{ seqs: number[]; through: number }>(path, { signal: asking.signal }).then(
        ({ seqs, through }) => pages.grow(through, seqs),
        () => {
          if (!asking.signal.aborted) retry = setTimeout(read, retryMs);
        },
      );
    void read();
    return () => {
      asking.abort();
      clearTimeout(retry);
    };
  }, [pages, index.seqs, liveSeq, threadId, query]);

  return { pages, ledger: useSyncExternalStore(pages.subscribe, pages.getView, pages.getView) };
}

function rangeOf(seqs: readonly number[]): string {
  const first = seqs[0] ?? 0;
  const last = seqs.at(-1) ?? 0;
  return last - first === seqs.length - 1 ? `after=${first - 1}&before=${last + 1}` : `seqs=${seqs.join()}`;
}
