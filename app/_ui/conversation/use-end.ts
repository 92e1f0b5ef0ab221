'use client';

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

const nearPixels = 80;

/**
 * Keeps a scrolling box at its end while the person is there, and leaves them alone as soon as they scroll up. `stay` is for whoever changes the
 * height of what is in it.
 */
export function useEnd(scroller: RefObject<HTMLElement | null>, tail: RefObject<HTMLElement | null>) {
  const [atEnd, setAtEnd] = useState(true);
  const stuck = useRef(true);

  const toEnd = useCallback(() => {
    const box = scroller.current;
    stuck.current = true;
    if (box) box.scrollTop = box.scrollHeight;
  }, [scroller]);
  const stay = useCallback(() => {
    if (stuck.current) toEnd();
  }, [toEnd]);
  const leave = useCallback(() => {
    stuck.current = false;
    setAtEnd(false);
  }, []);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    let last = box.scrollTop;
    const onScroll = () => {
      const below = box.scrollHeight - box.scrollTop - box.clientHeight;
      const upwards = box.scrollTop < last;
      last = box.scrollTop;
      if (below < 2 || (below < nearPixels && !upwards)) stuck.current = true;
      else if (upwards || below >= nearPixels) stuck.current = false;
      setAtEnd(below < nearPixels);
    };
    const growth = new ResizeObserver(stay);
    growth.observe(box);
    if (tail.current) growth.observe(tail.current);
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      growth.disconnect();
      box.removeEventListener('scroll', onScroll);
    };
  }, [scroller, tail, stay]);

  return { atEnd, stuck, toEnd, stay, leave };
}
