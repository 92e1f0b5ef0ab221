'use client';

import { useEffect, useState } from 'react';
import type { Found } from '#lib/search/search.ts';
import { explainFailure, requestJson } from '../../_live/request.ts';

const settleMs = 200;

/** What is found for the words, a moment after they stand. What was found before stays in sight until then. */
export function useSearch(query: string, initial: { query: string; found: Found | null }) {
  const [answer, setAnswer] = useState(initial);
  const [failure, setFailure] = useState<string | null>(null);
  const wanted = query.trim();
  const stale = wanted !== answer.query;

  useEffect(() => {
    if (!stale) return;
    const asking = new AbortController();
    const timer = setTimeout(async () => {
      window.history.replaceState(null, '', wanted === '' ? '/search' : `/search?${new URLSearchParams({ q: wanted })}`);
      setFailure(null);
      if (wanted === '') return setAnswer({ query: '', found: null });
      try {
        const found = await requestJson<Found>(`/api/search?${new URLSearchParams({ q: wanted })}`, { signal: asking.signal });
        setAnswer({ query: wanted, found });
      } catch (error) {
        if (!asking.signal.aborted) setFailure(explainFailure(error));
      }
    }, settleMs);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [wanted, stale]);

  return { found: answer.found, busy: stale && failure === null, failure };
}
