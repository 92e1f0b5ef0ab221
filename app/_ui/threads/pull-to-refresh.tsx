'use client';

import { RefreshCw } from 'lucide-react';
import { type ReactNode, type TouchEvent, useRef, useState } from 'react';

const enough = 64;

/** A box that scrolls, and is read again when it is pulled down from its top. */
export function PullToRefresh({ onRefresh, children, className }: { onRefresh(): Promise<void>; children: ReactNode; className: string }) {
  const [pulled, setPulled] = useState(0);
  const [busy, setBusy] = useState(false);
  // A quick finger is gone before what it pulled is drawn: what counts is not what is drawn.
  const pull = useRef<{ y: number; pixels: number } | null>(null);

  function onTouchStart({ currentTarget, touches: { 0: touch } }: TouchEvent<HTMLElement>): void {
    pull.current = currentTarget.scrollTop === 0 && touch ? { y: touch.clientY, pixels: 0 } : null;
  }
  function onTouchMove({ currentTarget, touches: { 0: touch } }: TouchEvent<HTMLElement>): void {
    if (!pull.current || !touch || busy) return;
    const distance = touch.clientY - pull.current.y;
    pull.current.pixels = currentTarget.scrollTop > 0 ? 0 : Math.max(0, Math.min(distance / 2, enough + 16));
    setPulled(pull.current.pixels);
  }
  function letGo(): number {
    const pixels = pull.current?.pixels ?? 0;
    pull.current = null;
    setPulled(0);
    return pixels;
  }
  async function onTouchEnd(): Promise<void> {
    if (letGo() < enough || busy) return;
    setBusy(true);
    await onRefresh();
    setBusy(false);
  }

  return (
    <div onTouchStart={onTouchStart} onTouchMove={onTouchMove} onTouchEnd={onTouchEnd} onTouchCancel={letGo} className={className}>
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
