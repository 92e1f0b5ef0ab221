'use client';

import { useEffect, useState } from 'react';
import type { Found, FoundEvent } from '#lib/search/search.ts';
import { explainFailure, requestJson } from '../../_live/request.ts';

const settleMs = 200;
const shortest = 2;

/** What was said and done in a thread by these words, the newest first; null while there is nothing to say yet. */
export function useThreadSearch(threadId: string, words: string) {
  const [answer, setAnswer] = useState<{ words: string; events: FoundEvent[]; failure: string | null } | null>(null);
  const [askings, setAskings] = useState(0);
  const wanted = words.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again with the same words
  useEffect(() => {
    if (wanted.length < shortest) return;
    const asking = new AbortController();
    const show = (found: { events: FoundEvent[]; failure: string | null }) =>
      asking.signal.aborted || setAnswer({ words: wanted, ...found });
    const timer = setTimeout(() => {
      const query = new URLSearchParams({ q: wanted, threadId, limit: '100' });
      requestJson<Found>(`/api/search?${query}`, { signal: asking.signal }).then(
        ({ events }) => show({ events, failure: null }),
        (error: unknown) => show({ events: [], failure: explainFailure(error) }),
      );
    }, settleMs);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [threadId, wanted, askings]);
  const known = wanted.length < shortest ? null : answer;
  return {
    events: known?.events ?? null,
    isBusy: wanted.length >= shortest && known?.words !== wanted,
    failure: known?.failure ?? null,
    again: () => setAskings((count) => count + 1),
  };
}
