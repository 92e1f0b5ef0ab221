import type { Ref } from 'react';
import type { Row } from './group-items.ts';
import { RowView } from './row-view.tsx';

/** Enough rows for the tallest window. */
const tailRows = 30;

/** The newest rows as the server sends them, at their end, until the page has come to life and measured its own. */
export function StillTail({ ref, rows, isCovered }: { ref: Ref<HTMLDivElement>; rows: readonly Row[]; isCovered: boolean }) {
  return (
    <div
      inert={isCovered}
      aria-hidden={isCovered}
      className="scrollbar-quiet absolute inset-0 flex flex-col-reverse overflow-y-auto overscroll-contain bg-paper"
    >
      <div ref={ref} className="mx-auto w-full max-w-2xl px-safe py-4">
        {rows.slice(-tailRows).map((row) => (
          <RowView key={row.key} row={row} isTarget={false} />
        ))}
      </div>
    </div>
  );
}
