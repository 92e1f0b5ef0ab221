'use client';

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** How far below the top of the scroller a file counts as the one that is looked at. */
const sightPx = 64;

/** Which file of a review is looked at, and the way to another one. One that was gone to stays the current one, wherever it stands, until somebody scrolls. */
export function useCurrentFile(scroller: RefObject<HTMLElement | null>, count: number) {
  const [seen, setSeen] = useState(0);
  /** How the scroller stands by itself, not by hand, while a file is held; null while what is in sight decides. */
  const held = useRef<{ top: number; height: number } | null>(null);

  const hold = useCallback(() => {
    const box = scroller.current;
    held.current = box && { top: box.scrollTop, height: box.scrollHeight };
  }, [scroller]);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    let frame = 0;
    const look = () => {
      frame = 0;
      // A page that became shorter scrolls by itself, now and then before its observer hears of it.
      if (held.current && box.scrollHeight !== held.current.height) return hold();
      if (box.scrollTop === held.current?.top) return;
      held.current = null;
      setSeen(fileInSight(box));
    };
    const onScroll = () => {
      frame ||= requestAnimationFrame(look);
    };
    const moved = new ResizeObserver(() => held.current && hold());
    if (box.firstElementChild) moved.observe(box.firstElementChild);
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      box.removeEventListener('scroll', onScroll);
      cancelAnimationFrame(frame);
      moved.disconnect();
    };
  }, [scroller, hold]);

  const go = useCallback(
    (index: number) => {
      const next = Math.min(Math.max(index, 0), count - 1);
      const section = scroller.current?.querySelector(`[data-review-file="${next}"]`);
      if (!section) return;
      section.scrollIntoView({ block: 'start' });
      section.querySelector('button')?.focus({ preventScroll: true });
      setSeen(next);
      hold();
    },
    [scroller, count, hold],
  );
  return { current: Math.min(seen, Math.max(0, count - 1)), go, hold };
}

/** The last file that begins above the line of sight. */
function fileInSight(box: HTMLElement): number {
  const top = box.getBoundingClientRect().top + sightPx;
  const sections = box.querySelectorAll<HTMLElement>('[data-review-file]');
  let [low, high] = [0, sections.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sections[middle]?.getBoundingClientRect().top ?? 0) <= top) low = middle;
    else high = middle - 1;
  }
  return low;
}
