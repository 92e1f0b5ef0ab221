'use client';

import { useState } from 'react';
import type { ThreadState } from '#lib/core/state.ts';
import { foldOlderItems, keepFallenItems, nothingRead, olderEvents } from './older-items.ts';
import { readEvents } from './read-events.ts';

/** Items that the thread's state no longer holds, read back page by page. `load` throws when they cannot be read. */
export function useOlderItems({ threadId, items, hasOlderItems }: ThreadState) {
  const [shown, setShown] = useState(items);
  const [read, setRead] = useState(nothingRead);
  if (shown !== items) {
    setShown(items);
    setRead(keepFallenItems(read, shown, items));
  }

  async function load(): Promise<void> {
    const before = read.begin ?? items[0]?.seq ?? 1;
    setRead((known) => ({ ...known, begin: before }));
    const after = Math.max(0, before - 1 - olderEvents);
    const events = [];
    for await (const event of readEvents(threadId, `after=${after}&limit=${2 * olderEvents}`)) events.push(event);
    const page = foldOlderItems(events, before);
    setRead((known) => (known.begin === before ? { begin: after + 1, items: [...page, ...known.items] } : known));
  }

  return { older: read.items, more: hasOlderItems && (read.begin ?? items[0]?.seq ?? 0) > 1, load };
}
