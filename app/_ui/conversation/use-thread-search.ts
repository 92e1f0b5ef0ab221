'use client';

import { useEffect, useState } from 'react';
import type { Found, FoundEvent } from '#lib/search/search.ts';
import { requestJson } from '../../_live/request.ts';

const settleMs = 200;
const shortest = 2;

/** What was said and done in a thread by these words, the newest first; null while there is nothing to say yet. */
export function useThreadSearch(threadId: string, words: string): { events: FoundEvent[] | null; isBusy: boolean } {
  const [answer, setAnswer] = useState<{ words: string; events: FoundEvent[] } | null>(null);
  const wanted = words.trim();
  useEffect(() => {
    if (wanted.length < shortest) return;
    const asking = new AbortController();
    const timer = setTimeout(async () => {
      const query = new URLSearchParams({ q: wanted, threadId, limit: '100' });
      const found = await requestJson<Found>(`/api/search?${query}`, { signal: asking.signal }).catch(() => null);
      if (!asking.signal.aborted) setAnswer({ words: wanted, events: found?.events ?? [] });
    }, settleMs);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [threadId, wanted]);
  if (wanted.length < shortest) return { events: null, isBusy: false };
  return { events: answer?.events ?? null, isBusy: answer?.words !== wanted };
}
