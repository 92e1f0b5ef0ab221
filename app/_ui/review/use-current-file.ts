'use client';

import { type RefObject, useCallback, useEffect, useState } from 'react';

/** How far below the top of the scroller a file counts as the one that is looked at. */
const sightPx = 64;

/** Which file of a review is looked at, and the way to another one. */
export function useCurrentFile(scroller: RefObject<HTMLElement | null>, count: number) {
  const [current, setCurrent] = useState(0);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    let frame = 0;
    const look = () => {
      frame = 0;
      const top = box.getBoundingClientRect().top + sightPx;
      const sections = box.querySelectorAll<HTMLElement>('[data-review-file]');
      let [low, high] = [0, sections.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((sections[middle]?.getBoundingClientRect().top ?? 0) <= top) low = middle;
        else high = middle - 1;
      }
      setCurrent(low);
    };
    const onScroll = () => {
      frame ||= requestAnimationFrame(look);
    };
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      box.removeEventListener('scroll', onScroll);
      cancelAnimationFrame(frame);
    };
  }, [scroller]);

  const go = useCallback(
    (index: number) => {
      const section = scroller.current?.querySelector(`[data-review-file="${Math.min(Math.max(index, 0), count - 1)}"]`);
      section?.scrollIntoView({ block: 'start' });
      section?.querySelector('button')?.focus({ preventScroll: true });
    },
    [scroller, count],
  );
  return { current, go };
}
