'use client';

import { ChevronsUpDown } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { formatClock, formatDay } from '#lib/core/words/format.ts';
import type { Row } from './group-items.ts';

type PlaceBarProps = {
  scroller: RefObject<HTMLElement | null>;
  list: RefObject<VirtualizerHandle | null>;
  rows: readonly Row[];
  /** Whether the first of these rows is the first of all. */
  isFromStart: boolean;
  onChoose(): void;
};

/** So near the top it would cover the first row, which could not be scrolled out from under it. */
const coveredPixels = 48;

/** When that happened which is in sight, and the way to anywhere else. There while one reads further up, except at the very start. */
export function PlaceBar({ scroller, list, rows, isFromStart, onChoose }: PlaceBarProps) {
  const [at, setAt] = useState<string | null>(null);
  const [isAtTop, setIsAtTop] = useState(true);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    let planned = 0;
    const look = () => {
      planned = 0;
      const row = rows[list.current?.findItemIndex(box.scrollTop) ?? -1];
      const item = row && (row.kind === 'item' ? row.item : row.items[0]);
      setAt(item?.at ?? null);
      setIsAtTop(box.scrollTop < coveredPixels);
    };
    const onScroll = () => {
      planned ||= requestAnimationFrame(look);
    };
    look();
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      cancelAnimationFrame(planned);
      box.removeEventListener('scroll', onScroll);
    };
  }, [scroller, list, rows]);
  if (isFromStart && isAtTop) return null;
  return (
    <button
      type="button"
      onClick={onChoose}
      aria-haspopup="dialog"
      className="-translate-x-1/2 absolute top-2 left-1/2 z-10 inline-flex min-h-11 animate-rise items-center gap-1.5 whitespace-nowrap rounded-full border border-line bg-raised px-4 text-ink-soft text-sm shadow-md hover:text-ink"
    >
      <span className="sr-only">Go to another place. Here: </span>
      <span className="tabular">{at ? momentWords(at) : '…'}</span>
      <ChevronsUpDown className="size-3.5" aria-hidden />
    </button>
  );
}

function momentWords(at: string): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return isToday ? `Today ${formatClock(at)}` : `${formatDay(at)}, ${formatClock(at)}`;
}
