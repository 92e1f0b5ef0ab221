'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { untilLetGo } from '../hold-page.ts';
import type { WorkerMessage } from './messages.ts';

const lookEveryMs = 3_600_000;
const reachMs = 3_000;
const restMs = 3_000;

/**
 * Runs this origin's service worker. `update` is there when a newer version of Choir is: call it to load this page anew. Otherwise the next way from
 * page to page does, when a page that changes anyhow loses nothing: drafts are kept on the device.
 *
 * Pages come from the network, so they are of the newer version whichever worker is at work. A browser that has to change workers while a page loads
 * may leave that page hanging: the newer worker takes over while the page is out of sight.
 */
export function useServiceWorker(): { update: (() => void) | null } {
  const [isOld, setIsOld] = useState(false);
  const path = usePathname();
  const shown = useRef(path);

  useEffect(() => {
    if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return;
    const stop = new AbortController();
    void follow(() => setIsOld(true), stop.signal).catch(() => {});
    return () => stop.abort();
  }, []);

  useEffect(() => {
    const moved = shown.current !== path;
    shown.current = path;
    if (moved && isOld) void loadAnew();
  }, [path, isOld]);

  return { update: isOld ? loadAnew : null };
}

async function follow(onNewer: () => void, signal: AbortSignal): Promise<void> {
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  if (signal.aborted) return;
  const offer = () => {
    // The first one of all has nothing to take the place of.
    if (registration.waiting && navigator.serviceWorker.controller) onNewer();
  };
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer, { signal }), {
    signal,
  });
  let looked = Date.now();
  let resting: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(resting);
    if (document.hidden) {
      resting = setTimeout(() => registration.waiting?.postMessage({ type: 'take-over' } satisfies WorkerMessage), restMs);
    } else if (Date.now() - looked >= lookEveryMs) {
      looked = Date.now();
      registration.update().catch(() => {});
    }
  };
  document.addEventListener('visibilitychange', look, { signal });
}

/** Away from the network the page that stands is better than what would come: it goes on, and so does the offer. */
async function loadAnew(): Promise<void> {
  await untilLetGo();
  const isReached = await fetch('/api/health', { cache: 'no-store', signal: AbortSignal.timeout(reachMs) }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (isReached) window.location.reload();
}
