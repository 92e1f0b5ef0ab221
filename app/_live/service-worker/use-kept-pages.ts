'use client';

import { useEffect, useRef } from 'react';
import type { ThreadRow } from '../thread-row.ts';
import { tellWorker } from './ask-worker.ts';

const recent = 10;
const settleMs = 4_000;
/** While agents work something changes all the time: then what is kept is at most this old. */
const busyMs = 20_000;

/** Keeps the newest threads and the list of them on this device, for reading without a network. Only while the page is in sight. */
export function useKeptThreads(rows: readonly ThreadRow[]): void {
  const newest = rows
    .toSorted((left, right) => right.updatedAt.localeCompare(left.updatedAt))
    .slice(0, recent)
    .map(({ id, updatedAt }) => ({ path: `/threads/${id}`, since: updatedAt }));
  const wanted = JSON.stringify(newest);
  const dueAt = useRef<number>(null);
  useEffect(() => {
    dueAt.current ??= performance.now() + busyMs;
    const keep = () => {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', keep);
      dueAt.current = null;
      tellWorker({ type: 'keep', pages: [{ path: '/' }, ...(JSON.parse(wanted) as typeof newest)] });
    };
    const timer = setTimeout(
      () => {
        document.addEventListener('visibilitychange', keep);
        keep();
      },
      Math.min(settleMs, dueAt.current - performance.now()),
    );
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', keep);
    };
  }, [wanted]);
}
