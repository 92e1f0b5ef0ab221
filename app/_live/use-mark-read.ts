'use client';

import { useCallback, useEffect, useRef } from 'react';

const settleMs = 1_000;

/** Says that what is up to `seq` was read: when nothing more came for a moment, and on the way out. Only while the page is in sight. */
export function useMarkRead(seq: number, markRead: (seq: number) => void): void {
  const told = useRef(0);
  const newest = useRef(seq);
  newest.current = seq;
  const tell = useCallback(() => {
    if (document.hidden || told.current >= newest.current) return;
    told.current = newest.current;
    markRead(newest.current);
  }, [markRead]);

  useEffect(() => {
    document.addEventListener('visibilitychange', tell);
    return () => {
      document.removeEventListener('visibilitychange', tell);
      tell();
    };
  }, [tell]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is newer begins the moment anew
  useEffect(() => {
    const timer = setTimeout(tell, settleMs);
    return () => clearTimeout(timer);
  }, [seq, tell]);
}
