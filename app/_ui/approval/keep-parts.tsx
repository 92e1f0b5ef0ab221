'use client';

import type { PartPlace } from '#lib/core/change.ts';
import { isSamePlace } from '#lib/core/hunk-place.ts';
import { Notice } from '../base/notice.tsx';
import { stopWhereItScrolls } from '../base/stop-where-it-scrolls.ts';
import { LineTable } from '../diff/line-table.tsx';
import type { KeepFileProps } from './keep-files.tsx';
import { useParts } from './use-parts.ts';

/** The hunks of one file, each to be kept or not. A file that loses all of them does not stay. */
export function KeepParts({ approvalId, file, dropped, onDrop }: KeepFileProps) {
  const { path } = file;
  const { parts, failure } = useParts(approvalId, file);
  if (failure) return <Notice>{failure}</Notice>;
  if (!parts) return <p className="pb-2 pl-6.5 text-ink-soft text-xs">Reading its parts…</p>;

  const all = parts.map(({ place }): PartPlace => ({ path, hunk: place }));
  const gone = dropped === 'all' ? all : dropped;
  function toggle(part: PartPlace): void {
    const isGone = gone.some(({ hunk }) => isSamePlace(hunk, part.hunk));
    const next = isGone ? gone.filter(({ hunk }) => !isSamePlace(hunk, part.hunk)) : [...gone, part];
    onDrop(next.length === all.length ? 'all' : next);
  }
  return (
    <ol className="mb-2 ml-6.5 divide-y divide-line rounded-control border border-line">
      {parts.map(({ key, place, rows }, index) => {
        const isGone = gone.some(({ hunk }) => isSamePlace(hunk, place));
        return (
          <li key={key}>
            <label className="flex min-h-11 items-center gap-2.5 px-3 text-xs">
              <input
                type="checkbox"
                checked={!isGone}
                onChange={() => toggle({ path, hunk: place })}
                className="size-4 shrink-0 accent-accent"
              />
              <span className={`tabular ${isGone ? 'text-ink-soft line-through' : ''}`}>
                Keep part {index + 1}, at line {Math.max(1, place.newStart)}
              </span>
            </label>
            <div ref={stopWhereItScrolls} className="scrollbar-quiet max-h-56 overflow-y-auto overscroll-contain border-line border-t">
              <LineTable path={path} rows={rows} askable={false} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}
