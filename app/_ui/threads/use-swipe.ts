'use client';

import { type PointerEvent, useCallback, useRef, useState } from 'react';

/** How far a row must be moved to count, in CSS pixels, and where it stops. */
const enough = 72;
const furthest = 112;

/**
 * A row that a finger moves aside. The page still scrolls: only a movement that begins sideways is taken. `offset` is where the row stands now;
 * a movement that went far enough calls `onSwipe`, and no click follows it.
 */
export function useSwipe(onSwipe: (side: 'left' | 'right') => void) {
  const [offset, setOffset] = useState(0);
  // A quick finger is gone before what it moved is drawn: what counts is not what is drawn.
  const swipe = useRef<{ x: number; y: number; pointerId: number; distance: number } | null>(null);
  const moved = useRef(false);

  function end({ pointerId }: PointerEvent, counts: boolean): void {
    if (swipe.current?.pointerId !== pointerId) return;
    const { distance } = swipe.current;
    swipe.current = null;
    setOffset(0);
    if (counts && Math.abs(distance) >= enough) onSwipe(distance < 0 ? 'left' : 'right');
  }

  // Left to the browser, a quick movement has a momentum, and the next tap only ends that: an Undo right after it would be lost.
  const ref = useCallback((box: HTMLElement | null) => {
    const hold = (event: TouchEvent) => {
      const [touch] = event.touches;
      if (!swipe.current || !touch || !event.cancelable) return;
      if (Math.abs(touch.clientX - swipe.current.x) > Math.abs(touch.clientY - swipe.current.y)) event.preventDefault();
    };
    box?.addEventListener('touchmove', hold, { passive: false });
    return () => box?.removeEventListener('touchmove', hold);
  }, []);

  const handlers = {
    ref,
    onPointerDown(event: PointerEvent): void {
      if (!event.isPrimary) return;
      // A movement that ended without a click must not swallow the next one.
      moved.current = false;
      if (event.pointerType === 'mouse') return;
      swipe.current = { x: event.clientX, y: event.clientY, pointerId: event.pointerId, distance: 0 };
    },
    onPointerMove(event: PointerEvent): void {
      if (swipe.current?.pointerId !== event.pointerId) return;
      const distance = event.clientX - swipe.current.x;
      swipe.current.distance = distance;
      if (Math.abs(distance) > 8) moved.current = true;
      setOffset(Math.max(-furthest, Math.min(furthest, distance)));
    },
    onPointerUp: (event: PointerEvent) => end(event, true),
    // The browser took the movement for a scroll of the page.
    onPointerCancel: (event: PointerEvent) => end(event, false),
    onClickCapture(event: { detail: number; preventDefault(): void; stopPropagation(): void }): void {
      const isKey = event.detail === 0;
      if (!moved.current || isKey) return;
      moved.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
  return { offset, handlers, ready: Math.abs(offset) >= enough };
}
