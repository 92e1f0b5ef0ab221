'use client';

import { usePathname } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';

const lookEveryMs = 3_600_000;
const reachMs = 3_000;

/**
 * Runs this origin's service worker. `update` is there when a newer version waits: call it to take it now. Otherwise the next way from page to page
 * takes it, when a page that changes anyhow loses nothing.
 */
export function useServiceWorker(): { update: (() => void) | null } {
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null);
  const path = usePathname();
  const shown = useRef(path);

  useEffect(() => {
    if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return;
    const stop = new AbortController();
    void follow(setWaiting, stop.signal).catch(() => {});
    return () => stop.abort();
  }, []);

  const update = useCallback(() => {
    if (!waiting) return;
    setWaiting(null);
    takeOver(waiting);
  }, [waiting]);

  useEffect(() => {
    const moved = shown.current !== path;
    shown.current = path;
    if (moved) update();
  }, [path, update]);

  return { update: waiting && update };
}

async function follow(onWaiting: (worker: ServiceWorker) => void, signal: AbortSignal): Promise<void> {
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  if (signal.aborted) return;
  const offer = () => {
    // The first one of all has nothing to take the place of.
    if (registration.waiting && navigator.serviceWorker.controller) onWaiting(registration.waiting);
  };
  offer();
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer, { signal }), {
    signal,
  });
  let looked = Date.now();
  const look = () => {
    if (document.hidden || Date.now() - looked < lookEveryMs) return;
    looked = Date.now();
    registration.update().catch(() => {});
  };
  document.addEventListener('visibilitychange', look, { signal });
}

/** Drafts are kept on the device, so a load of the page where one is loses no words. */
function takeOver(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => void reload(), { once: true });
  worker.postMessage({ type: 'take-over' });
}

/** Away from the network the page that stands is better than what would come: it goes on, and the next one is of the newer version. */
async function reload(): Promise<void> {
  const isReached = await fetch('/api/health', { cache: 'no-store', signal: AbortSignal.timeout(reachMs) }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (isReached) window.location.reload();
}
