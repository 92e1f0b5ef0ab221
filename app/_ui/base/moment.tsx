'use client';

import { useSyncExternalStore } from 'react';
import { formatAgo, formatClock } from '#lib/core/words/format.ts';

const tickMs = 30_000;

function subscribeTicks(listener: () => void): () => void {
  const timer = setInterval(listener, tickMs);
  return () => clearInterval(timer);
}

/** This device's clock in half minutes; null on the server, which knows neither its zone nor its now. */
function useTick(): number | null {
  return useSyncExternalStore<number | null>(
    subscribeTicks,
    () => Math.floor(Date.now() / tickMs),
    () => null,
  );
}

export function Ago({ at }: { at: string }) {
  const tick = useTick();
  return (
    <time dateTime={at} title={tick === null ? undefined : new Date(at).toLocaleString()} className="tabular whitespace-nowrap">
      {tick === null ? '' : formatAgo(Date.parse(at), (tick + 1) * tickMs)}
    </time>
  );
}

export function Clock({ at }: { at: string }) {
  const tick = useTick();
  return (
    <time dateTime={at} className="tabular whitespace-nowrap">
      {tick === null ? '' : formatClock(at)}
    </time>
  );
}
