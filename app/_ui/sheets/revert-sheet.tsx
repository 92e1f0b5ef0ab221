'use client';

import { Redo2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { RevertScope } from '#lib/core/event.ts';
import { sendJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { Button } from '../base/button.tsx';
import { Notice } from '../base/notice.tsx';
import { Segments } from '../base/segments.tsx';
import { Sheet } from '../base/sheet.tsx';
import { Skeleton } from '../base/skeleton.tsx';
import { useAction } from '../base/use-action.ts';
import { Warning } from '../base/warning.tsx';
import { RevertPreviewView } from './revert-preview-view.tsx';
import { useRevertPreview } from './use-revert-preview.ts';

const scopes: { value: RevertScope; label: string; about: string }[] = [
  { value: 'both', label: 'Both', about: 'Files and conversation as they were then.' },
  { value: 'code', label: 'Code', about: 'The files only; the conversation goes on.' },
  { value: 'conversation', label: 'Conversation', about: 'What was said only; the files stay.' },
];

type RevertSheetProps = {
  threadId: string;
  checkpointId: string;
  number: number | null;
  /** What the newest revert took back, where the target is where it came from. */
  undo: RevertScope | null;
  running: boolean;
  onClose(): void;
};

/** Shows what going back would change, then does exactly that: a thread that moved on meanwhile is asked again. */
export function RevertSheet({ threadId, checkpointId, number, undo, running, onClose }: RevertSheetProps) {
  const [scope, setScope] = useState<RevertScope>(undo ?? 'both');
  const preview = useRevertPreview(threadId, checkpointId, scope);
  const { busy, failure, act } = useAction();

  async function confirm(): Promise<void> {
    const expectedCurrent = preview.result?.currentCheckpointId;
    const path = threadPath(threadId, '/revert');
    const revert = (requestId: string) => sendJson(path, { checkpointId, scope, expectedCurrent, requestId });
    if (await act(revert, scope)) onClose();
    else preview.reload();
  }

  return (
    <Sheet
      title={undo ? 'Undo going back' : number === null ? 'Go back' : `Go back to #${number}`}
      description="You can undo this afterwards."
      onClose={onClose}
      actions={
        <Button look="primary" busy={busy} disabled={!preview.result} onClick={confirm} className="w-full">
          {undo ? <Redo2 className="size-4" aria-hidden /> : <Undo2 className="size-4" aria-hidden />}
          {undo ? 'Undo' : 'Go back'}
        </Button>
      }
    >
      <div className="space-y-4">
        <div>
          <Segments legend="What goes back" name="scope" value={scope} options={scopes} onChange={(chosen) => setScope(chosen)} />
          <p className="mt-2 text-ink-soft text-sm">{scopes.find(({ value }) => value === scope)?.about}</p>
        </div>
        {running && <Warning>A run is working. Going back stops it first.</Warning>}
        {failure && failure !== preview.failure && <Notice>{failure}</Notice>}
        {preview.failure && <Notice>{preview.failure}</Notice>}
        {!preview.result && !preview.failure && <Skeleton label="Working out what would change" />}
        {preview.result && <RevertPreviewView preview={preview.result} />}
      </div>
    </Sheet>
  );
}
