'use client';

import { Clock } from '../base/moment.tsx';
import { useCopyOfList } from '../threads/threads-context.tsx';

/** Says that the list is a copy, until it is read anew. */
export function CopyNote() {
  const date = useCopyOfList();
  if (date === null) return null;
  return (
    <p role="status" className="flex items-center justify-center gap-1.5 pb-2 text-ink-soft text-xs">
      <span className="size-2 rounded-full border-2 border-bad" aria-hidden />
      <span>
        As of <Clock at={date} />, Choir does not answer yet
      </span>
    </p>
  );
}
