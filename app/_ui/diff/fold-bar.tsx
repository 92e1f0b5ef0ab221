'use client';

import { ChevronsDown, ChevronsUp, UnfoldVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatCount } from '#lib/core/words/format.ts';

const step = 20;

type FoldBarProps = {
  /** Lines that are folded here; null: nobody knows before the file is read. */
  count: number | null;
  isFirst: boolean;
  isLast: boolean;
  busy: boolean;
  /** Opens lines after what stands above, or before what stands below; `all` of them from above. */
  onOpen(from: 'above' | 'below', lines: number): void;
  children?: ReactNode;
};

const press =
  'inline-flex min-h-11 items-center gap-1.5 rounded-control px-2.5 text-ink-soft text-xs hover:bg-line/60 hover:text-ink disabled:opacity-50';

/** What is folded between two hunks, and the ways to open it. */
export function FoldBar({ count, isFirst, isLast, busy, onOpen, children }: FoldBarProps) {
  const isLong = count === null || count > step * 2;
  const all = count ?? Number.POSITIVE_INFINITY;
  return (
    <div className="flex flex-wrap items-center bg-sunken px-1">
      {count !== 0 && (
        <>
          {isLong && !isFirst && (
            <button type="button" disabled={busy} onClick={() => onOpen('above', step)} className={press}>
              <ChevronsDown className="size-3.5" aria-hidden />
              {step} more
              <span className="sr-only"> lines below this</span>
            </button>
          )}
          {isLong && !isLast && (
            <button type="button" disabled={busy} onClick={() => onOpen('below', step)} className={press}>
              <ChevronsUp className="size-3.5" aria-hidden />
              {step} before
              <span className="sr-only"> what follows</span>
            </button>
          )}
          <button type="button" disabled={busy} onClick={() => onOpen('above', all)} className={press}>
            <UnfoldVertical className="size-3.5" aria-hidden />
            {count === null ? 'To the end' : formatCount(count, 'line')}
            <span className="sr-only"> of the same</span>
          </button>
        </>
      )}
      <span className="flex-1" />
      {children}
    </div>
  );
}
