'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { FileChange, PartPlace } from '#lib/core/change.ts';
import { mayHaveParts } from '#lib/core/keep-part.ts';
import { Button } from '../base/button.tsx';
import { LineCounts } from '../base/change-counts.tsx';
import { PathText } from '../base/hostile-text.tsx';
import { NearViewport } from '../diff/near-viewport.tsx';
import { type Dropped, keepsAll, nothingDropped } from './dropped.ts';
import { KeepParts } from './keep-parts.tsx';
import { useParts } from './use-parts.ts';

export type KeepFilesProps = {
  approvalId: string;
  files: readonly FileChange[];
  dropped: Dropped;
  onChange(dropped: Dropped): void;
  onFold(): void;
};

/** Which of the changed files stay when the person approves, and which parts of them. All do, to begin with. */
export function KeepFiles({ approvalId, files, dropped, onChange, onFold }: KeepFilesProps) {
  const isAll = keepsAll(dropped);
  const hasPartsColumn = files.some(mayHaveParts);
  function drop(path: string, hunks: readonly PartPlace[] | 'all'): void {
    const paths = new Set(dropped.files);
    if (hunks === 'all') paths.add(path);
    else paths.delete(path);
    const others = dropped.hunks.filter((part) => part.path !== path);
    onChange({ files: paths, hunks: hunks === 'all' ? others : [...others, ...hunks] });
  }
  return (
    <fieldset data-keeps className="text-sm">
      <legend className="sr-only">Files to keep</legend>
      <div className="flex min-h-11 items-center justify-between">
        <Button look="quiet" aria-expanded onClick={onFold} className="tabular -ml-2 px-2">
          <ChevronDown className="size-4" aria-hidden />
          {files.length > 1 ? `${files.length - dropped.files.size} of ${files.length} files` : 'What to keep'}
        </Button>
        {files.length > 1 && (
          <Button
            look="quiet"
            onClick={() => onChange(isAll ? { files: new Set(files.map(({ path }) => path)), hunks: [] } : nothingDropped)}
          >
            {isAll ? 'None' : 'All'}
          </Button>
        )}
      </div>
      <div data-scroller className="scrollbar-quiet scroll-shade max-h-[40dvh] overflow-y-auto overscroll-contain [--shaded:var(--raised)]">
        {files.map((file) => (
          <KeepFile
            key={file.path}
            approvalId={approvalId}
            file={file}
            hasPartsColumn={hasPartsColumn}
            dropped={dropped.files.has(file.path) ? 'all' : dropped.hunks.filter(({ path }) => path === file.path)}
            onDrop={(hunks) => drop(file.path, hunks)}
          />
        ))}
      </div>
    </fieldset>
  );
}

export type KeepFileProps = {
  approvalId: string;
  file: FileChange;
  dropped: readonly PartPlace[] | 'all';
  onDrop(hunks: readonly PartPlace[] | 'all'): void;
};

const chevronPx = 44;

function KeepFile({ hasPartsColumn, ...props }: KeepFileProps & { hasPartsColumn: boolean }) {
  const { approvalId, file, dropped, onDrop } = props;
  const [open, setOpen] = useState(false);
  const isDropped = dropped === 'all';
  return (
    <>
      <div className="flex min-h-11 items-center gap-1">
        <label className="flex min-h-11 min-w-0 flex-1 items-center gap-2.5 py-1.5">
          <input
            type="checkbox"
            checked={!isDropped}
            onChange={() => onDrop(isDropped ? [] : 'all')}
            className="size-4 shrink-0 accent-accent"
          />
          <span className={`contained min-w-0 flex-1 text-[0.8125rem] leading-5 ${isDropped ? 'text-ink-soft' : ''}`}>
            <PathText path={file.path} />
          </span>
          <span className="shrink-0 text-ink-soft text-xs">{isDropped ? droppedWords(file) : file.status === 'deleted' && 'deleted'}</span>
          {!file.binary && !isDropped && <LineCounts {...file} />}
        </label>
        {hasPartsColumn && (
          <div className="size-11 shrink-0">
            {mayHaveParts(file) && (
              <NearViewport estimate={chevronPx}>
                {() => <PartsButton approvalId={approvalId} file={file} open={open} onToggle={() => setOpen(!open)} />}
              </NearViewport>
            )}
          </div>
        )}
      </div>
      {open && <KeepParts {...props} />}
    </>
  );
}

/** What becomes of a file whose change is not kept. */
function droppedWords({ status }: FileChange): string {
  if (status === 'deleted') return 'stays';
  return status === 'added' ? 'is not made' : 'stays as it was';
}

type PartsButtonProps = { approvalId: string; file: FileChange; open: boolean; onToggle(): void };

function PartsButton({ approvalId, file, open, onToggle }: PartsButtonProps) {
  const { isChoice } = useParts(approvalId, file);
  if (!isChoice) return null;
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={onToggle}
      className="flex size-11 items-center justify-center rounded-control text-ink-soft hover:bg-sunken"
    >
      <span className="sr-only">
        Parts of <PathText path={file.path} />
      </span>
      <ChevronRight className={`size-4 transition-transform duration-100 ${open ? 'rotate-90' : ''}`} aria-hidden />
    </button>
  );
}
