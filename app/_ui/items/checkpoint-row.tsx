'use client';

import { GitCommitVertical } from 'lucide-react';
import { countFiles, LineCounts } from '../base/change-counts.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { useThreadActions } from '../thread/thread-context.tsx';
import type { ItemProps } from './item-renderers.tsx';

export function CheckpointRow({ item: { checkpoint } }: ItemProps<'checkpoint'>) {
  const { openCheckpoint } = useThreadActions();
  const { changes } = checkpoint;
  return (
    <button
      type="button"
      onClick={() => openCheckpoint(checkpoint)}
      aria-haspopup="dialog"
      className="-mx-2 flex min-h-11 w-[calc(100%+1rem)] items-center gap-2.5 rounded-lg px-2 text-left text-ink-soft text-sm hover:bg-sunken"
    >
      <GitCommitVertical className="size-4 shrink-0" aria-hidden />
      <span className="contained min-w-0 flex-1 truncate">
        <span className="sr-only">Checkpoint </span>
        <span className="tabular font-medium">#{checkpoint.number}</span>{' '}
        <span className={checkpoint.name ? 'font-medium text-ink' : ''}>
          <HostileText text={checkpoint.name ?? checkpoint.label} />
        </span>
        {changes.leftOut.length > 0 && <span className="text-warn"> · {changes.leftOut.length} left out</span>}
      </span>
      {changes.fileCount > 0 && (
        <span className="tabular flex shrink-0 items-baseline gap-2 text-xs">
          {countFiles(changes)} <LineCounts {...changes} />
        </span>
      )}
    </button>
  );
}
