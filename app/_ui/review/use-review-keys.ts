'use client';

import { useEffect } from 'react';

/** What takes letters itself. A tick box does not. */
const taker =
  'input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

type ReviewKeys = { onNext(): void; onPrevious(): void; onMark(): void };

/** `n` and `j` go to the next file, `p` and `k` to the one before, `v` marks the current one as reviewed: wherever nothing else takes letters. */
export function useReviewKeys({ onNext, onPrevious, onMark }: ReviewKeys): void {
  useEffect(() => {
    const acts: Record<string, () => void> = { n: onNext, j: onNext, p: onPrevious, k: onPrevious, v: onMark };
    function onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !Object.hasOwn(acts, event.key)) return;
      if (event.target instanceof Element && event.target.closest(taker)) return;
      event.preventDefault();
      if (event.key !== 'v' || !event.repeat) acts[event.key]?.();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onNext, onPrevious, onMark]);
}
