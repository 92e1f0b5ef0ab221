'use client';

import { ChevronRight, Columns2, FolderOpen, MessagesSquare, Redo2, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useId } from 'react';
import { buttonClass } from '../base/button.tsx';
import { LineCounts } from '../base/change-counts.tsx';
import { HostileText, PathText } from '../base/hostile-text.tsx';
import type { Moment } from './use-moment.ts';

type ScrubBarProps = {
  threadId: string;
  number: number;
  newest: number;
  isCurrent: boolean;
  moment: Moment | null;
  /** Id of the checkpoint that the last way back left, while it can be undone. */
  undo: string | undefined;
  onMove(number: number): void;
  onCompare(): void;
  onRevert(checkpointId: string): void;
};

const shownFiles = 12;

/** Moves through time: what had just changed at a point, what had just been said, and the ways from there. */
export function ScrubBar({ threadId, number, newest, isCurrent, moment, undo, onMove, onCompare, onRevert }: ScrubBarProps) {
  const sliderId = useId();
  const target = isCurrent ? undo : moment?.checkpoint.checkpointId;
  const label = moment ? (moment.checkpoint.name ?? moment.checkpoint.label) : '';
  return (
    <div className="mx-auto max-w-wide space-y-1 px-safe pt-1 pb-safe">
      <div className="flex items-center gap-3">
        <label htmlFor={sliderId} className="tabular w-14 shrink-0 font-semibold text-sm">
          <span className="sr-only">Go through time, at checkpoint </span>#{number}
        </label>
        <input
          id={sliderId}
          type="range"
          min={0}
          max={newest}
          value={number}
          aria-valuetext={`#${number} ${label}`}
          onChange={(event) => onMove(Number(event.target.value))}
          className="h-11 min-w-0 flex-1 rounded-control accent-accent"
        />
        <span className="tabular shrink-0 text-ink-soft text-xs">of {newest}</span>
      </div>
      <div className="min-h-24" aria-live="off">
        {moment && <MomentView threadId={threadId} moment={moment} />}
      </div>
      <div className="grid grid-cols-3 gap-2">
        <Link href={`/threads/${threadId}/files?at=${number}`} className={`${buttonClass('plain')} px-2`}>
          <FolderOpen className="size-4" aria-hidden />
          Files
        </Link>
        <button type="button" onClick={onCompare} className={`${buttonClass('plain')} px-2`}>
          <Columns2 className="size-4" aria-hidden />
          Compare
        </button>
        {isCurrent && !undo ? (
          <p className="flex min-h-11 items-center justify-center whitespace-nowrap text-ink-soft text-sm">You are here</p>
        ) : (
          <button
            type="button"
            disabled={!target}
            onClick={() => target && onRevert(target)}
            className={`${buttonClass('primary')} whitespace-nowrap px-1`}
          >
            {isCurrent ? <Redo2 className="size-4" aria-hidden /> : <Undo2 className="size-4" aria-hidden />}
            {isCurrent ? 'Undo' : 'Go back'}
          </button>
        )}
      </div>
    </div>
  );
}

function MomentView({ threadId, moment: { checkpoint, words } }: { threadId: string; moment: Moment }) {
  const { files, fileCount } = checkpoint.changes;
  return (
    <div className="contained text-sm">
      <Link
        href={`/threads/${threadId}?at=${words?.seq ?? checkpoint.seq}`}
        className="-mx-2 flex min-h-11 items-center gap-2 rounded-control px-2 hover:bg-sunken"
      >
        <MessagesSquare className="size-4 shrink-0 text-ink-soft" aria-hidden />
        <span className="sr-only">In the conversation:</span>
        <span className={`truncate ${words?.byPerson ? 'font-medium' : ''}`}>
          <HostileText text={(words?.text ?? checkpoint.name ?? checkpoint.label).slice(0, 200)} />
        </span>
        <ChevronRight className="ml-auto size-4 shrink-0 text-ink-soft" aria-hidden />
      </Link>
      {fileCount === 0 ? (
        <p className="flex min-h-11 items-center text-ink-soft text-xs">No file changed here.</p>
      ) : (
        <ul aria-label="Files that changed here" className="flex gap-1.5 overflow-x-auto [scrollbar-width:none]">
          {files.slice(0, shownFiles).map((file) => (
            <li key={file.path} className="shrink-0">
              <Link
                href={`/threads/${threadId}/files?${new URLSearchParams({ at: String(checkpoint.number), path: file.path })}`}
                className="inline-flex min-h-11 items-center gap-1.5 rounded-control bg-sunken px-3 text-xs"
              >
                <span className="max-w-56 truncate">
                  <PathText path={file.path.slice(file.path.lastIndexOf('/') + 1)} />
                </span>
                {file.status === 'deleted' ? <span className="text-bad">deleted</span> : <LineCounts {...file} />}
              </Link>
            </li>
          ))}
          {fileCount > shownFiles && (
            <li className="flex min-h-11 shrink-0 items-center px-2 text-ink-soft text-xs">{fileCount - shownFiles} more</li>
          )}
        </ul>
      )}
    </div>
  );
}
