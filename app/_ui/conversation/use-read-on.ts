'use client';

import { type RefObject, useEffect, useEffectEvent } from 'react';
import type { Reading } from '../../_live/reading/use-reading.ts';

/** How many windows before an edge of what is in hand the next part is read. */
const windowsAhead = 3;

type ReadOnParts = {
  scroller: RefObject<HTMLElement | null>;
  reading: Reading;
  rowCount: number;
  isReady: boolean;
  isAtEnd: RefObject<boolean>;
};

/** Reads on before the person comes to an edge, and lets go of what is far above while they stay at the end. */
export function useReadOn({ scroller, reading, rowCount, isReady, isAtEnd }: ReadOnParts): void {
  const { isWhole, busy, failure, begin, place, trim } = reading;
  const readOn = useEffectEvent(() => {
    const box = scroller.current;
    if (!box || !isReady || busy !== null || failure !== null) return;
    const near = box.clientHeight * windowsAhead;
    if (box.scrollTop < near && !isWhole.above) reading.readOlder();
    else if (box.scrollHeight - box.scrollTop - box.clientHeight < near && !isWhole.below) reading.readNewer();
  });
  useEffect(() => {
    const box = scroller.current;
    const onScroll = () => readOn();
    box?.addEventListener('scroll', onScroll, { passive: true });
    return () => box?.removeEventListener('scroll', onScroll);
  }, [scroller]);
  useEffect(() => {
    // Nobody is taken away from what they read by now.
    if (!failure || failure.what === 'place') return;
    window.addEventListener('online', failure.retry);
    return () => window.removeEventListener('online', failure.retry);
  }, [failure]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page may hold few rows, or none: then the next one is needed without a scroll
  useEffect(() => {
    readOn();
    if (isAtEnd.current) trim();
  }, [rowCount, isReady, begin, place, busy, trim, isAtEnd]);
}
