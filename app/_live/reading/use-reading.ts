'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Item, SeqRange, ThreadState } from '#lib/core/state.ts';
import { onceSettled } from '../once-settled.ts';
import { followWindow, itemsIn, pageEvents, stretchOf, trimmed, type Window, withNewer, withOlder } from './stretch.ts';
import { createTurns, noTurn, type Turn } from './turns.ts';

/** Most threads are in hand whole, and never read back. */
const loadReader = () => import('./read-slice.ts');

async function readSlice(threadId: string, begin: number, end: number, hidden: SeqRange[]): Promise<Item[]> {
  return (await loadReader()).readSlice(threadId, begin, end, hidden);
}

/** Items held while nobody reads back: a run of a whole day must not fill a phone. */
const heldItems = 2_000;

export type Reading = Turn & {
  items: readonly Item[];
  /** Another number: another part of the conversation, in which the old position means nothing. */
  place: number;
  /** Events from this seq on are in hand. */
  begin: number;
  isWhole: { above: boolean; below: boolean };
  readOlder(): void;
  readNewer(): void;
  /** Has the event `seq` in hand, the start of the thread for 1, and then calls `onThere`; not where somebody went elsewhere meanwhile. */
  readAround(seq: number, onThere: () => void): void;
  readNewest(): void;
  /** Lets go of the oldest items where there are too many. */
  trim(): void;
};

/** The conversation of a thread, however long: its newest items, and any other part of it read when somebody goes there. */
export function useReading(thread: ThreadState): Reading {
  const { threadId, items, hasOlderItems, hidden } = thread;
  const window: Window = { items, hasOlderItems };
  const [shown, setShown] = useState(window);
  const [stretch, setStretch] = useState(() => stretchOf(window));
  const [turn, setTurn] = useState(noTurn);
  const [turns] = useState(() => createTurns(setTurn));
  if (shown.items !== items) {
    setShown(window);
    setStretch(followWindow(stretch, shown, window));
  }
  const now = useRef({ stretch, window, hidden });
  now.current = { stretch, window, hidden };

  useEffect(() => {
    if (hasOlderItems) return onceSettled(() => void loadReader().catch(() => {}));
  }, [hasOlderItems]);

  const readOlder = useCallback(() => {
    const { begin, place } = now.current.stretch;
    if (begin <= 1) return;
    const from = Math.max(1, begin - pageEvents);
    const ask = () => readSlice(threadId, from, begin, now.current.hidden);
    void turns.read('older', ask, (page) =>
      setStretch((known) => (known.place === place && known.begin === begin ? withOlder(known, from, page) : known)),
    );
  }, [turns, threadId]);

  const readNewer = useCallback(() => {
    const { end, place } = now.current.stretch;
    if (end === null) return;
    const ask = () => readSlice(threadId, end, end + pageEvents, now.current.hidden);
    void turns.read('newer', ask, (page) =>
      setStretch((known) =>
        known.place === place && known.end === end ? withNewer(known, end + pageEvents, page, now.current.window) : known,
      ),
    );
  }, [turns, threadId]);

  const readAround = useCallback(
    (seq: number, onThere: () => void) => {
      const { begin, end } = now.current.stretch;
      if (seq >= begin && seq < (end ?? Number.POSITIVE_INFINITY)) {
        turns.drop();
        onThere();
        return;
      }
      const from = Math.max(1, seq - pageEvents / 2);
      const ask = () => readSlice(threadId, from, from + pageEvents, now.current.hidden);
      void turns.read('place', ask, (page) => {
        const empty = { begin: from, end: from, items: [] };
        setStretch(({ place }) => withNewer({ ...empty, place: place + 1 }, from + pageEvents, page, now.current.window));
        onThere();
      });
    },
    [turns, threadId],
  );

  const readNewest = useCallback(() => {
    turns.drop();
    setStretch((known) => (known.end === null ? known : stretchOf(now.current.window, known.place + 1)));
  }, [turns]);

  const trim = useCallback(() => setStretch((known) => (known.items.length > heldItems ? trimmed(known, heldItems / 2) : known)), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the window is its items
  const inHand = useMemo(() => itemsIn(stretch, window), [stretch, items]);

  return {
    items: inHand,
    place: stretch.place,
    begin: stretch.begin,
    isWhole: { above: stretch.begin <= 1, below: stretch.end === null },
    ...turn,
    readOlder,
    readNewer,
    readAround,
    readNewest,
    trim,
  };
}
