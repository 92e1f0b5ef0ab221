'use client';

import { FileDiff, FolderOpen, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import type { CheckpointState } from '#lib/core/state.ts';
import { send } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { Button, buttonClass } from '../base/button.tsx';
import { FileList } from '../base/file-list.tsx';
import { Notice } from '../base/notice.tsx';
import { Sheet } from '../base/sheet.tsx';
import { useAction } from '../base/use-action.ts';

type CheckpointSheetProps = { threadId: string; checkpoint: CheckpointState; current: boolean; onRevert(): void; onClose(): void };

/** One checkpoint: what it changed, its files, its name, and the way back to it. */
export function CheckpointSheet({ threadId, checkpoint, current, onRevert, onClose }: CheckpointSheetProps) {
  const { checkpointId, number, label, changes } = checkpoint;
  const changedSomething = changes.fileCount > 0;
  return (
    <Sheet
      title={`#${number} ${checkpoint.name ?? label}`}
      description={current ? 'The code is here now.' : checkpoint.name ? label : undefined}
      onClose={onClose}
      actions={
        <Button look="primary" disabled={current} onClick={onRevert} className="w-full">
          <Undo2 className="size-4" aria-hidden />
          {current ? 'You are here' : 'Go back to here'}
        </Button>
      }
    >
      <div className="space-y-4">
        {changedSomething || changes.leftOut.length > 0 ? (
          <FileList changes={changes} />
        ) : (
          <p className="text-ink-soft text-sm">It changed no file.</p>
        )}
        <div className="grid grid-cols-2 gap-2">
          {changedSomething && (
            <Link href={`/threads/${threadId}/changes?to=${checkpointId}`} className={buttonClass('plain')}>
              <FileDiff className="size-4" aria-hidden />
              View diff
            </Link>
          )}
          <Link href={`/threads/${threadId}/files?at=${checkpointId}`} className={buttonClass('plain')}>
            <FolderOpen className="size-4" aria-hidden />
            Files
          </Link>
        </div>
        <NameForm threadId={threadId} checkpoint={checkpoint} />
      </div>
    </Sheet>
  );
}

function NameForm({ threadId, checkpoint }: { threadId: string; checkpoint: CheckpointState }) {
  const [name, setName] = useState(checkpoint.name ?? '');
  const { busy, failure, act } = useAction();
  const fieldId = useId();

  function save(): Promise<boolean> {
    const { checkpointId } = checkpoint;
    return act(() => send(threadPath(threadId, '/checkpoints'), { checkpointId, name: name.trim() }));
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      className="space-y-2"
    >
      <label htmlFor={fieldId} className="text-ink-soft text-sm">
        Name
      </label>
      <div className="flex gap-2">
        <input
          id={fieldId}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.target.value)}
          placeholder="works on my phone"
          className="min-h-11 min-w-0 flex-1 rounded-control border border-line-strong bg-paper px-3"
        />
        <Button type="submit" busy={busy} disabled={name.trim() === '' || name.trim() === checkpoint.name}>
          Save
        </Button>
      </div>
      {failure && <Notice>{failure}</Notice>}
    </form>
  );
}
