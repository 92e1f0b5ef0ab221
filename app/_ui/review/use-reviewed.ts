'use client';

import { useCallback, useEffect, useState } from 'react';
import type { KeptKey } from '../../_live/device/kept-key.ts';
import { keepWords, keptValue } from '../../_live/device/kept-words.ts';

/** Files that a person has looked through, kept on this device. A tick is for a content: when the file changes again it is gone. */
export function useReviewed(threadId: string) {
  const key: KeptKey = `choir-reviewed:${threadId}`;
  const [ticks, setTicks] = useState<Readonly<Record<string, string>>>({});

  useEffect(() => setTicks((keptValue(key) ?? {}) as Record<string, string>), [key]);

  const isReviewed = useCallback(({ path, id }: { path: string; id: string }) => ticks[path] === id, [ticks]);
  const setReviewed = useCallback(
    ({ path, id }: { path: string; id: string }, done: boolean) => {
      setTicks((before) => {
        const { [path]: _, ...others } = before;
        const next = done ? { ...others, [path]: id } : others;
        keepWords(key, JSON.stringify(next));
        return next;
      });
    },
    [key],
  );
  return { isReviewed, setReviewed };
}
