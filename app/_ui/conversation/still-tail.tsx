import type { Ref } from 'react';
import type { Row } from './group-items.ts';
import { RowView } from './row-view.tsx';

/** Enough rows for the tallest window. */
const tailRows = 30;

/**
 * The newest rows as the server sends them, at their end, until the page has come to life and measured its own. Out of sight until all below them has
 * arrived, down to the button that sends: what stands at its end would move with every part that comes.
 */
export function StillTail({ ref, rows }: { ref: Ref<HTMLDivElement>; rows: readonly Row[] }) {
  return (
    <div className="scrollbar-quiet absolute inset-0 flex flex-col-reverse overflow-y-auto overscroll-contain bg-paper [:not(:has(+footer_[type=submit]))>&]:invisible">
      <div ref={ref} className="mx-auto mb-auto w-full max-w-reading px-safe py-4">
        {rows.slice(-tailRows).map((row) => (
          <RowView key={row.key} row={row} isTarget={false} />
        ))}
      </div>
    </div>
  );
}
