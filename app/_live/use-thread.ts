'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ThreadState } from '#lib/core/state.ts';
import { onNextFrame } from './next-frame.ts';
import { readEvents } from './read-events.ts';
import { createThreadStore, type ThreadView } from './thread-store.ts';
import { useWire } from './wire/wire-context.tsx';

/** A thread that stays true: the server's state first, then every event as it happens. */
export function useThread(initial: ThreadState): ThreadView {
  const { threadId } = initial;
  const [store] = useState(() =>
    createThreadStore({
      initial,
      readAfter: (seq, signal) => readEvents(threadId, `after=${seq}`, signal),
      onFrame: onNextFrame,
      now: () => new Date().toISOString(),
    }),
  );
  const wire = useWire();

  useEffect(() => wire?.followThread(threadId, store), [wire, threadId, store]);
  useEffect(() => {
    const repair = () => {
      if (!document.hidden) void store.repair();
    };
    document.addEventListener('visibilitychange', repair);
    window.addEventListener('online', repair);
    return () => {
      document.removeEventListener('visibilitychange', repair);
      window.removeEventListener('online', repair);
    };
  }, [store]);

  return useSyncExternalStore(store.subscribe, store.getView, store.getView);
}
