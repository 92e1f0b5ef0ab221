'use client';

import { Undo2 } from 'lucide-react';
import { Button } from '../base/button.tsx';
import { countFiles, LineCounts } from '../base/change-counts.tsx';
import { LeftOutNote } from '../base/file-list.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { useThreadActions, useThreadState } from '../thread/thread-context.tsx';
import type { ItemProps } from './item-renderers.tsx';

const scopes = { code: 'The code', conversation: 'The conversation', both: 'Code and conversation' };

export function RevertRow({ item }: ItemProps<'revert'>) {
  const { openRevert } = useThreadActions();
  const place = useThreadState().checkpoints.find(({ checkpointId }) => checkpointId === item.checkpointId);
  return (
    <article aria-label="Revert" className="rounded-card border border-line bg-raised px-4 py-3 text-sm">
      <div className="flex items-center gap-3">
        <Undo2 className="size-4 shrink-0 text-ink-soft" aria-hidden />
        <div className="min-w-0 flex-1">
          <p className="font-medium">
            {item.isUndo ? 'Going back was undone' : `${scopes[item.scope]} went back${place ? ` to #${place.number}` : ''}`}
          </p>
          {item.changes.fileCount > 0 && (
            <p className="tabular text-ink-soft text-xs">
              {countFiles(item.changes)} <LineCounts {...item.changes} />
            </p>
          )}
        </div>
        {item.fromCheckpointId && (
          <Button look="plain" onClick={() => openRevert(item.fromCheckpointId)}>
            Undo
          </Button>
        )}
      </div>
      {item.reason && (
        <p className="contained mt-1 text-ink-soft">
          <HostileText text={item.reason} />
        </p>
      )}
      {item.cannotUndo.length > 0 && (
        <p className="contained mt-1 text-warn">
          Still done: <HostileText text={item.cannotUndo.join('; ')} />
        </p>
      )}
      <LeftOutNote leftOut={item.changes.leftOut} />
    </article>
  );
}
