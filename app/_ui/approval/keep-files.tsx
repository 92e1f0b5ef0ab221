'use client';

import type { ChangeSummary } from '#lib/core/change.ts';
import { LineCounts } from '../base/change-counts.tsx';
import { PathText } from '../base/hostile-text.tsx';

type KeepFilesProps = { changes: ChangeSummary; dropped: ReadonlySet<string>; onChange(dropped: ReadonlySet<string>): void };

/** Which of the changed files stay when the person approves. All do, to begin with. */
export function KeepFiles({ changes, dropped, onChange }: KeepFilesProps) {
  function toggle(path: string): void {
    const next = new Set(dropped);
    if (!next.delete(path)) next.add(path);
    onChange(next);
  }
  return (
    <fieldset className="text-sm">
      <legend className="sr-only">Files to keep</legend>
      {changes.files.map((file) => (
        <label key={file.path} className="flex min-h-11 items-center gap-2.5">
          <input
            type="checkbox"
            checked={!dropped.has(file.path)}
            onChange={() => toggle(file.path)}
            className="size-4 shrink-0 accent-accent"
          />
          <span
            className={`contained min-w-0 flex-1 text-[0.8125rem] leading-5 ${dropped.has(file.path) ? 'text-ink-soft line-through' : ''}`}
          >
            <PathText path={file.path} />
          </span>
          {!file.binary && <LineCounts {...file} />}
        </label>
      ))}
    </fieldset>
  );
}
