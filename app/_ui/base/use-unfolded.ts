'use client';

import { useCallback, useState } from 'react';

const unfolded = new Set<string>();

/** Whether something is unfolded, remembered as long as the page lives: rows of a long list leave it and come back. */
export function useUnfolded(key: string, unfold = false): [open: boolean, setOpen: (open: boolean) => void] {
  const [open, setShown] = useState(() => unfold || unfolded.has(key));
  const [asked, setAsked] = useState(unfold);
  const setOpen = useCallback(
    (next: boolean) => {
      if (next) unfolded.add(key);
      else unfolded.delete(key);
      setShown(next);
    },
    [key],
  );
  if (asked !== unfold) {
    setAsked(unfold);
    if (unfold) setShown(true);
  }
  return [open, setOpen];
}
