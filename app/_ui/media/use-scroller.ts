'use client';

import { type RefObject, useLayoutEffect, useRef } from 'react';

/** The nearest box around `inside` that scrolls, as a ref that lists of many rows measure against. */
export function useScroller(inside: RefObject<HTMLElement | null>): RefObject<HTMLElement | null> {
  const scroller = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    let box = inside.current?.parentElement ?? null;
    while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
    scroller.current = box;
  }, [inside]);
  return scroller;
}
