'use client';

import { useCallback, useEffect, useMemo, useRef } from 'react';
import { sayOnce } from './say-once.ts';

const settleMs = 1_000;

/**
 * Says that what is up to `seq` was read: when nothing more came for a moment, and on the way out. Only while the page is in sight. `markRead` says
 * whether that could be kept.
 */
export function useMarkRead(seq: number, markRead: (seq: number) => Promise<boolean>): void {
  const newest = useRef(seq);
  newest.current = seq;
  const say = useMemo(() => sayOnce(markRead, (act) => window.addEventListener('online', act, { once: true })), [markRead]);
  const tell = useCallback(() => {
    if (!document.hidden) void say(newest.current);
  }, [say]);

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
