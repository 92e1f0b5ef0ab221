'use client';

import { useEffect } from 'react';
import type { ThreadRow } from '../thread-row.ts';
import { tellWorker } from './ask-worker.ts';

const recent = 10;
const settleMs = 4_000;

/** Keeps the newest threads and the list of them on this device, for reading without a network. */
export function useKeptThreads(rows: readonly ThreadRow[]): void {
  const newest = rows
    .toSorted((left, right) => right.updatedAt.localeCompare(left.updatedAt))
    .slice(0, recent)
    .map(({ id, updatedAt }) => ({ path: `/threads/${id}`, since: updatedAt }));
  const wanted = JSON.stringify(newest);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (!document.hidden) tellWorker({ type: 'keep', pages: [{ path: '/' }, ...(JSON.parse(wanted) as typeof newest)] });
    }, settleMs);
    return () => clearTimeout(timer);
  }, [wanted]);
}
