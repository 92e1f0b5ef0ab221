'use client';

import { useCallback, useEffect, useState } from 'react';

/** Files that a person has looked through, kept on this device. A tick is for a content: when the file changes again it is gone. */
export function useReviewed(threadId: string) {
  const storageKey = `choir-reviewed:${threadId}`;
  const [ticks, setTicks] = useState<Readonly<Record<string, string>>>({});

  useEffect(() => {
    try {
      setTicks(JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, string>);
    } catch {
      // No storage on this device: ticks live as long as the page.
    }
  }, [storageKey]);

  const isReviewed = useCallback(({ path, id }: { path: string; id: string }) => ticks[path] === id, [ticks]);
  const setReviewed = useCallback(
    ({ path, id }: { path: string; id: string }, done: boolean) => {
      setTicks((before) => {
        const { [path]: _, ...others } = before;
        const next = done ? { ...others, [path]: id } : others;
        try {
          localStorage.setItem(storageKey, JSON.stringify(next));
        } catch {
          // As above.
        }
        return next;
      });
    },
    [storageKey],
  );
  return { isReviewed, setReviewed };
}
