'use client';

import { useEffect, useMemo, useState } from 'react';
import type { Found, FoundEvent } from '#lib/search/search.ts';
import type { Asked } from '../../_live/asking.ts';
import { requestJson } from '../../_live/request.ts';
import { createWordSearch, nothingWanted } from './word-search.ts';

/** What was said and done in a thread by the words that were looked for, the newest first; `events` is null while there is nothing to say yet. */
export function useThreadSearch(threadId: string) {
  const [{ answer, failure, isBusy }, setSearch] = useState<Asked<FoundEvent[]>>(nothingWanted);
  const { look, again, stop } = useMemo(
    () => createWordSearch((words, signal) => findInThread(threadId, words, signal), setSearch),
    [threadId],
  );
  useEffect(() => stop, [stop]);
  return { events: answer, failure, isBusy, look, again };
}

async function findInThread(threadId: string, words: string, signal: AbortSignal): Promise<FoundEvent[]> {
  const query = new URLSearchParams({ q: words, threadId, limit: '100' });
  return (await requestJson<Found>(`/api/search?${query}`, { signal })).events;
}
