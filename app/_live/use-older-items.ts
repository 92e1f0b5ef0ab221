'use client';

import { useRef, useState } from 'react';
import type { Item, ThreadState } from '#lib/core/state.ts';
import { foldOlderItems, olderEvents } from './older-items.ts';
import { readEvents } from './read-events.ts';

/** Items that the thread's state no longer holds, read back page by page. `load` throws when they cannot be read. */
export function useOlderItems({ threadId, items, hasOlderItems }: ThreadState) {
  const [older, setOlder] = useState<Item[]>([]);
  const begin = useRef<number | null>(null);

  async function load(): Promise<void> {
    const before = begin.current ?? items[0]?.seq ?? 1;
    const after = Math.max(0, before - 1 - olderEvents);
    const events = [];
    for await (const event of readEvents(threadId, `after=${after}&limit=${2 * olderEvents}`)) events.push(event);
    begin.current = after + 1;
    const read = foldOlderItems(events, before);
    setOlder((known) => [...read, ...known]);
  }

  const oldest = items[0]?.seq ?? 0;
  return { older: older.filter((item) => item.seq < oldest), more: hasOlderItems && (begin.current ?? oldest) > 1, load };
}
