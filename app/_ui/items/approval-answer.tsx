'use client';

import { Check, Pencil, X } from 'lucide-react';
import { useId, useState } from 'react';
import type { ApprovalDecision } from '#lib/core/approval.ts';
import { sendJson } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';

/** Approve, Reject, Modify. The answer shows when the ledger has it, so a lost answer is never taken for given. */
export function ApprovalAnswer({ approvalId }: { approvalId: string }) {
  const { busy, failure, act } = useAction();
  const [sent, setSent] = useState<ApprovalDecision | null>(null);
  const [modifying, setModifying] = useState(false);
  const [note, setNote] = useState('');
  const noteId = useId();
  const waiting = busy || (sent !== null && failure === null);

  async function answer(decision: ApprovalDecision): Promise<void> {
    setSent(decision);
    const path = `/api/approvals/${encodeURIComponent(approvalId)}`;
    const accepted = await act(() => sendJson(path, { decision, ...(decision === 'modify' ? { note } : {}) }));
    if (!accepted) setSent(null);
  }

  return (
    <div className="space-y-3 px-4 pt-4">
      {failure && <Notice>{failure}</Notice>}
      {modifying ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void answer('modify');
          }}
          className="space-y-2"
        >
          <label htmlFor={noteId} className="font-medium text-sm">
            What should change?
          </label>
          <textarea
            id={noteId}
            // biome-ignore lint/a11y/noAutofocus: the field was asked for with the press before
            autoFocus
            rows={3}
            value={note}
            maxLength={20_000}
            onChange={(event) => setNote(event.target.value)}
            className="block w-full resize-none rounded-control border border-line-strong bg-paper px-3 py-2 text-base"
          />
          <div className="flex gap-2">
            <Button look="primary" type="submit" busy={waiting} disabled={note.trim() === ''} className="flex-1">
              Send
            </Button>
            <Button look="quiet" disabled={waiting} onClick={() => setModifying(false)}>
              Back
            </Button>
          </div>
        </form>
      ) : (
        <div className="grid grid-cols-3 gap-2">
          <Button
            look="primary"
            busy={waiting && sent === 'approve'}
            disabled={waiting}
            onClick={() => answer('approve')}
            className="order-last px-2"
          >
            <Check className="size-4" aria-hidden />
            Approve
          </Button>
          <Button look="danger" busy={waiting && sent === 'reject'} disabled={waiting} onClick={() => answer('reject')} className="px-2">
            <X className="size-4" aria-hidden />
            Reject
          </Button>
          <Button look="plain" disabled={waiting} onClick={() => setModifying(true)} className="px-2">
            <Pencil className="size-4" aria-hidden />
            Modify
          </Button>
        </div>
      )}
    </div>
  );
}
