'use client';

import { useEffect, useEffectEvent, useMemo } from 'react';
import { sayOnce } from './say-once.ts';

const settleMs = 1_000;

/**
 * Says that what is up to `seq` was read: when nothing more came for a moment, and on the way out. Only while the page is in sight. `markRead` says
 * whether that could be kept.
 */
export function useMarkRead(seq: number, markRead: (seq: number) => Promise<boolean>): void {
  const say = useMemo(() => sayOnce(markRead, (act) => window.addEventListener('online', act, { once: true })), [markRead]);
  const tell = useEffectEvent(() => {
    if (!document.hidden) void say(seq);
  });

  useEffect(() => {
    const onVisible = () => tell();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      tell();
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is newer begins the moment anew
  useEffect(() => {
    const timer = setTimeout(() => tell(), settleMs);
    return () => clearTimeout(timer);
  }, [seq]);
}
