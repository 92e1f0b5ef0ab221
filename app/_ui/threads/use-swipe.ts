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
  const start = useRef<{ x: number; y: number; pointerId: number } | null>(null);
  const moved = useRef(false);

  function end(count: boolean): void {
    start.current = null;
    setOffset(0);
    if (count && Math.abs(offset) >= enough) onSwipe(offset < 0 ? 'left' : 'right');
  }

  // Left to the browser, a quick movement has a momentum, and the next tap only ends that: an Undo right after it would be lost.
  const ref = useCallback((box: HTMLElement | null) => {
    const hold = (event: TouchEvent) => {
      const [touch] = event.touches;
      if (!start.current || !touch || !event.cancelable) return;
      if (Math.abs(touch.clientX - start.current.x) > Math.abs(touch.clientY - start.current.y)) event.preventDefault();
    };
    box?.addEventListener('touchmove', hold, { passive: false });
    return () => box?.removeEventListener('touchmove', hold);
  }, []);

  const handlers = {
    ref,
    onPointerDown(event: PointerEvent): void {
      // A movement that ended without a click must not swallow the next one.
      moved.current = false;
      if (event.pointerType === 'mouse' || !event.isPrimary) return;
      start.current = { x: event.clientX, y: event.clientY, pointerId: event.pointerId };
    },
    onPointerMove(event: PointerEvent): void {
      if (start.current?.pointerId !== event.pointerId) return;
      const distance = event.clientX - start.current.x;
      if (Math.abs(distance) > 8) moved.current = true;
      setOffset(Math.max(-furthest, Math.min(furthest, distance)));
    },
    onPointerUp: () => end(true),
    // The browser took the movement for a scroll of the page.
    onPointerCancel: () => end(false),
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
