'use client';

import { useEffect } from 'react';

/** Ctrl or Cmd with F finds in all of a long conversation; pressed once more, it is the browser's own. */
export function useFindKey(isWanted: boolean, onFind: () => void): void {
  useEffect(() => {
    if (!isWanted) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      onFind();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isWanted, onFind]);
}
