'use client';

import { Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import type { FileDiff } from '#lib/core/change.ts';
import { isActive } from '#lib/core/state.ts';
import type { RevertedPart } from '#lib/review/revert-part.ts';
import { RequestError } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { FileList } from '../base/file-list.tsx';
import { Notice } from '../base/notice.tsx';
import { Sheet } from '../base/sheet.tsx';
import { Skeleton } from '../base/skeleton.tsx';
import { useAction } from '../base/use-action.ts';
import { Warning } from '../base/warning.tsx';
import { diffParts } from '../diff/diff-rows.ts';
import { LineTable } from '../diff/line-table.tsx';
import { useThreadState } from '../thread/thread-context.tsx';
import type { ReviewRange } from './review-range.ts';
import { type Part, revertPart, usePartPreview } from './use-part-preview.ts';

type RevertPartSheetProps = { range: ReviewRange; part: Part; onDone(done: RevertedPart): void; onClose(): void };

/** Shows line by line what reverting a part of a change would do, then does exactly that. */
export function RevertPartSheet({ range, part, onDone, onClose }: RevertPartSheetProps) {
  const { run } = useThreadState();
  const preview = usePartPreview(range, part);
  const { busy, failure, act } = useAction();
  const { result } = preview;

  async function confirm(): Promise<void> {
    if (!result) return;
    const { currentCheckpointId: expectedCurrent } = result;
    const isDone = await act(async (requestId) => {
      const reverted = revertPart(range, part, { expectedCurrent, requestId });
      // One whose answer was lost may be done: the same again says so, where a new preview could not.
      reverted.catch((error) => error instanceof RequestError && error.status > 0 && preview.reload());
      onDone(await reverted);
    });
    if (isDone) onClose();
  }

  return (
    <Sheet
      title={part.hunk ? 'Revert this change' : 'Revert this file'}
      description="Everything else stays. You can undo it afterwards."
      onClose={onClose}
      actions={
        <Button look="primary" busy={busy} disabled={!result} onClick={confirm} className="w-full">
          <Undo2 className="size-4" aria-hidden />
          Revert
        </Button>
      }
    >
      <div className="space-y-4 text-sm">
        {isActive(run) && <Warning>A run is working. Reverting stops it first.</Warning>}
        {failure && failure !== preview.failure && <Notice>{failure}</Notice>}
        {preview.failure && <Notice>{preview.failure}</Notice>}
        {!result && !preview.failure && <Skeleton label="Working out what would change" />}
        {result && <FileList changes={result.changes} />}
        {result?.files.map((file) => (
          <Lines key={file.path} file={file} />
        ))}
      </div>
    </Sheet>
  );
}

const shownLines = 300;

function Lines({ file }: { file: FileDiff }) {
  const rows = useMemo(() => diffParts(file.hunks, true).flatMap((part) => (part.kind === 'hunk' ? part.rows : [])), [file]);
  const shown = useMemo(() => rows.slice(0, shownLines), [rows]);
  if (rows.length === 0) return null;
  return (
    <div className="overflow-clip rounded-lg border border-line">
      <LineTable path={file.path} rows={shown} askable={false} />
      {rows.length > shown.length && <p className="px-3 py-2 text-ink-soft text-xs">and {rows.length - shown.length} more lines</p>}
    </div>
  );
}
