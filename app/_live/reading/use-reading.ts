'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Item, ThreadState } from '#lib/core/state.ts';
import { onceSettled } from '../once-settled.ts';
import { explainFailure } from '../request.ts';
import { followWindow, itemsIn, pageEvents, stretchOf, trimmed, type Window, withNewer, withOlder } from './stretch.ts';

/** Most threads are in hand whole, and never read back. */
const loadReader = () => import('./read-slice.ts');

async function readSlice(threadId: string, begin: number, end: number): Promise<Item[]> {
  return (await loadReader()).readSlice(threadId, begin, end);
}

/** Items held while nobody reads back: a run of a whole day must not fill a phone. */
const heldItems = 2_000;

export type Reading = {
  items: readonly Item[];
  /** Another number: another part of the conversation, in which the old position means nothing. */
  place: number;
  /** Events from this seq on are in hand. */
  begin: number;
  isWhole: { above: boolean; below: boolean };
  busy: 'older' | 'newer' | 'place' | null;
  failure: string | null;
  readOlder(): void;
  readNewer(): void;
  /** Has the event `seq` in hand; the start of the thread for 1. Says whether it could be read. */
  readAround(seq: number): Promise<boolean>;
  readNewest(): void;
  /** Lets go of the oldest items where there are too many. */
  trim(): void;
};

/** The conversation of a thread, however long: its newest items, and any other part of it read when somebody goes there. */
export function useReading(thread: ThreadState): Reading {
  const { threadId, items, hasOlderItems, seq } = thread;
  const window: Window = { items, hasOlderItems };
  const [shown, setShown] = useState(window);
  const [stretch, setStretch] = useState(() => stretchOf(window));
  const [busy, setBusy] = useState<Reading['busy']>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const underWay = useRef<Promise<void> | null>(null);
  if (shown.items !== items) {
    setShown(window);
    setStretch(followWindow(stretch, shown, window));
  }
  const now = useRef({ stretch, window, seq });
  now.current = { stretch, window, seq };

  const read = useCallback(async (what: NonNullable<Reading['busy']>, work: () => Promise<void>): Promise<boolean> => {
    // Whoever goes somewhere waits for a page that is on its way; a page that is not needed any more is not read.
    while (underWay.current) {
      if (what !== 'place') return false;
      await underWay.current;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    underWay.current = promise;
    setBusy(what);
    setFailure(null);
    try {
      await work();
      return true;
    } catch (error) {
      setFailure(explainFailure(error));
      return false;
    } finally {
      underWay.current = null;
      resolve();
      setBusy(null);
    }
  }, []);

  useEffect(() => {
    if (hasOlderItems) return onceSettled(() => void loadReader().catch(() => {}));
  }, [hasOlderItems]);

  const readOlder = useCallback(() => {
    const { begin, place } = now.current.stretch;
    if (begin <= 1) return;
    void read('older', async () => {
      const from = Math.max(1, begin - pageEvents);
      const page = await readSlice(threadId, from, begin);
      setStretch((known) => (known.place === place && known.begin === begin ? withOlder(known, from, page) : known));
    });
  }, [read, threadId]);

  const readNewer = useCallback(() => {
    const { end, place } = now.current.stretch;
    if (end === null) return;
    void read('newer', async () => {
      const page = await readSlice(threadId, end, end + pageEvents);
      setStretch((known) =>
        known.place === place && known.end === end ? withNewer(known, end + pageEvents, page, now.current.window) : known,
      );
    });
  }, [read, threadId]);

  const readAround = useCallback(
    async (seq: number) => {
      const { begin, end } = now.current.stretch;
      if (seq >= begin && seq < (end ?? Number.POSITIVE_INFINITY)) return true;
      return read('place', async () => {
        const from = Math.max(1, seq - pageEvents / 2);
        const page = await readSlice(threadId, from, from + pageEvents);
        const empty = { begin: from, end: from, items: [] };
        setStretch(({ place }) => withNewer({ ...empty, place: place + 1 }, from + pageEvents, page, now.current.window));
      });
    },
    [read, threadId],
  );

  const readNewest = useCallback(() => {
    setStretch((known) => (known.end === null ? known : stretchOf(now.current.window, known.place + 1)));
  }, []);

  const trim = useCallback(() => setStretch((known) => (known.items.length > heldItems ? trimmed(known, heldItems / 2) : known)), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the window is its items
  const inHand = useMemo(() => itemsIn(stretch, window), [stretch, items]);

  return {
    items: inHand,
    place: stretch.place,
    begin: stretch.begin,
    isWhole: { above: stretch.begin <= 1, below: stretch.end === null },
    busy,
    failure,
    readOlder,
    readNewer,
    readAround,
    readNewest,
    trim,
  };
}
