'use client';

import { type PointerEvent, useSyncExternalStore } from 'react';
import { formatAgo, formatClock, formatMoment } from '#lib/core/words/format.ts';

const tickMs = 30_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer, however many moments a page shows. */
function subscribeTicks(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const tell of listeners) tell();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** This device's clock in half minutes; null on the server, which knows neither its zone nor its now. */
function useTick(): number | null {
  return useSyncExternalStore<number | null>(
    subscribeTicks,
    () => Math.floor(Date.now() / tickMs),
    () => null,
  );
}

/** The whole date is for who points at it. */
function showDate({ currentTarget }: PointerEvent<HTMLTimeElement>): void {
  currentTarget.title = formatMoment(currentTarget.dateTime);
}

/** What is not known yet takes no room, but makes its line as high as it will be. */
const unknown = '\u200b';

export function Ago({ at }: { at: string }) {
  const tick = useTick();
  return (
    <time dateTime={at} onPointerEnter={showDate} className="tabular whitespace-nowrap">
      {tick === null ? unknown : formatAgo(Date.parse(at), (tick + 1) * tickMs)}
    </time>
  );
}

/** For a moment within other words: nothing before this device's zone is known. */
export function useMomentWords(): (at: string) => string {
  return useTick() === null ? () => unknown : formatMoment;
}

export function Moment({ at }: { at: string }) {
  const words = useMomentWords();
  return (
    <time dateTime={at} className="tabular">
      {words(at)}
    </time>
  );
}

export function Clock({ at }: { at: string }) {
  const tick = useTick();
  return (
    <time dateTime={at} className="tabular whitespace-nowrap">
      {tick === null ? unknown : formatClock(at)}
    </time>
  );
}
