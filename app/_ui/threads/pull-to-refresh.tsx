'use client';

import { RefreshCw } from 'lucide-react';
import { type ReactNode, type TouchEvent, useRef, useState } from 'react';

const enough = 64;

/** A box that scrolls, and is read again when it is pulled down from its top. */
export function PullToRefresh({ onRefresh, children, className }: { onRefresh(): Promise<void>; children: ReactNode; className: string }) {
  const [pulled, setPulled] = useState(0);
  const [busy, setBusy] = useState(false);
  const start = useRef<number | null>(null);

  function onTouchStart(event: TouchEvent<HTMLElement>): void {
    start.current = event.currentTarget.scrollTop === 0 ? (event.touches[0]?.clientY ?? null) : null;
  }
  function onTouchMove(event: TouchEvent<HTMLElement>): void {
    if (start.current === null || busy) return;
    const distance = (event.touches[0]?.clientY ?? 0) - start.current;
    setPulled(event.currentTarget.scrollTop > 0 ? 0 : Math.max(0, Math.min(distance / 2, enough + 16)));
  }
  async function onTouchEnd(): Promise<void> {
    const count = pulled >= enough;
    start.current = null;
    setPulled(0);
    if (!count || busy) return;
    setBusy(true);
    await onRefresh();
    setBusy(false);
  }

  return (
    <div
      onTouchStart={onTouchStart}
      onTouchMove={onTouchMove}
      onTouchEnd={onTouchEnd}
      onTouchCancel={() => setPulled(0)}
      className={className}
    >
      {(pulled > 0 || busy) && (
        <div role="status" className="flex items-end justify-center pb-2 text-ink-soft" style={{ height: busy ? enough : pulled }}>
          <RefreshCw className={`size-5 ${busy ? 'motion-safe:animate-spin' : ''} ${pulled >= enough ? 'text-accent' : ''}`} aria-hidden />
          <span className="sr-only">{busy ? 'Reading the threads again' : ''}</span>
        </div>
      )}
      {children}
    </div>
  );
}
