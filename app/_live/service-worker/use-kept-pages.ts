'use client';

import { useEffect, useState } from 'react';
import type { ThreadRow } from '../thread-row.ts';
import { tellWorker } from './ask-worker.ts';
import { createKeepSoon } from './keep-soon.ts';

const recent = 10;

/** Keeps the newest threads and the list of them on this device, for reading without a network. */
export function useKeptThreads(rows: readonly ThreadRow[]): void {
  const newest = rows
    .toSorted((left, right) => right.updatedAt.localeCompare(left.updatedAt))
    .slice(0, recent)
    .map(({ id, updatedAt }) => ({ path: `/threads/${id}`, since: updatedAt }));
  const wanted = JSON.stringify([{ path: '/' }, ...newest]);
  const [keepSoon] = useState(createKeepSoon);
  useEffect(() => keepSoon(() => tellWorker({ type: 'keep', pages: JSON.parse(wanted) })), [wanted, keepSoon]);
}
