'use client';

import { RefreshCw } from 'lucide-react';
import { useServiceWorker } from '../../_live/service-worker/use-service-worker.ts';

/** Runs the service worker, and offers a newer version without getting in the way: the next page takes it by itself. */
export function NewVersion() {
  const { update } = useServiceWorker();
  if (!update) return null;
  return (
    <div role="status" className="sm:-translate-x-1/2 pointer-events-none fixed top-1.5 left-12 z-30 animate-rise pt-safe sm:left-1/2">
      <button
        type="button"
        onClick={update}
        className="pointer-events-auto inline-flex min-h-11 items-center gap-2 whitespace-nowrap rounded-full border border-line bg-raised px-4 text-sm shadow-md"
      >
        <RefreshCw className="size-4 text-accent" aria-hidden />
        Use the new version
      </button>
    </div>
  );
}
