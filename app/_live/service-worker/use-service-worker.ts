'use client';

import { usePathname } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { WorkerMessage } from './messages.ts';

const lookEveryMs = 3_600_000;
const reachMs = 3_000;
const takeOverMs = 3_000;

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
    void takeOver(waiting);
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
  // A page that comes now is of the newer version already.
  if (registration.waiting) tellToTakeOver(registration.waiting);
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

function tellToTakeOver(worker: ServiceWorker): void {
  worker.postMessage({ type: 'take-over' } satisfies WorkerMessage);
}

/**
 * Loads the page anew, once the newer worker has taken over or a browser has kept it waiting: pages come from the network, so they are of the newer
 * version in any case. Drafts are kept on the device. Away from the network the page that stands is better than what would come: it goes on.
 */
async function takeOver(worker: ServiceWorker): Promise<void> {
  const hasTakenOver = new Promise((resolve) => {
    navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
    setTimeout(resolve, takeOverMs);
  });
  tellToTakeOver(worker);
  await hasTakenOver;
  const isReached = await fetch('/api/health', { cache: 'no-store', signal: AbortSignal.timeout(reachMs) }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (isReached) window.location.reload();
}
