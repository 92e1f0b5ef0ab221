'use client';

import { useMemo } from 'react';
import { useThreadState } from '../thread/thread-context.tsx';

/** Paths that this thread's checkpoints changed, as far as the device knows them. */
export function useChangedPaths(): ReadonlySet<string> {
  const { checkpoints } = useThreadState();
  return useMemo(
    () => new Set(checkpoints.flatMap(({ number, changes }) => (number === 0 ? [] : changes.files.map(({ path }) => path)))),
    [checkpoints],
  );
}
