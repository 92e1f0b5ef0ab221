'use client';

import { Check, Pencil, X } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import type { ApprovalDecision, RememberScope } from '#lib/core/approval.ts';
import { mayKeepPart } from '#lib/core/keep-part.ts';
import type { ApprovalState } from '#lib/core/state.ts';
import { answerLabel } from '#lib/core/words/answer-label.ts';
import { deviceOutbox } from '../../_live/outbox/device-outbox.ts';
import { useOutbox } from '../../_live/outbox/use-outbox.ts';
import { sendJson } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { lazyPart } from '../base/lazy-part.ts';
import { Notice } from '../base/notice.tsx';
import { untilLoaded } from '../base/until-loaded.ts';
import { useAction } from '../base/use-action.ts';
import { useDraft } from '../base/use-draft.ts';
import { WaitingAnswer } from '../outbox/waiting-answer.tsx';
import { useThreadActions } from '../thread/thread-context.tsx';
import type { AnswerNote } from './answer-note.tsx';
import { keepsAll, nothingDropped } from './dropped.ts';

const KeepChoice = lazyPart(async () => (await import('./keep-choice.tsx')).KeepChoice);
const RememberChoice = lazyPart(async () => (await import('./remember-choice.tsx')).RememberChoice);

/** Approve, Reject, Modify. The answer shows when the ledger has it, so a lost answer is never taken for given. */
export function ApprovalAnswer({ approval }: { approval: ApprovalState }) {
  const { busy, failure, act } = useAction();
  const [sent, setSent] = useState<ApprovalDecision | null>(null);
  const [modifying, setModifying] = useState<boolean | null>(null);
  const Note = useAnswerNote();
  const [words, setWords, notKept] = useDraft(`answer:${approval.approvalId}`);
  const [dropped, setDropped] = useState(nothingDropped);
  const [remember, setRemember] = useState<RememberScope | ''>('');
  const waiting = busy || (sent !== null && failure === null);
  // Words that were begun before stand in their field again.
  useEffect(() => {
    if (words !== '') setModifying((known) => known ?? true);
  }, [words]);
  const { kind, approvalId, action } = approval;
  const { threadId } = useThreadActions();
  const { outbox, entries } = useOutbox();
  const files = action.effect?.changes.files ?? [];
  const kept = files.filter(({ path }) => !dropped.files.has(path));
  const canRemember = kind === 'outside' || kind === 'action';
  const canChoose = mayKeepPart(approval) && files.length === action.effect?.changes.fileCount;

  async function answer(decision: ApprovalDecision, note?: string): Promise<void> {
    setSent(decision);
    const extra =
      decision === 'approve'
        ? {
            ...(remember ? { remember } : {}),
            ...(dropped.files.size > 0 ? { keepPaths: kept.map(({ path }) => path) } : {}),
            ...(dropped.hunks.length > 0 ? { dropHunks: dropped.hunks } : {}),
          }
        : { ...(note ? { note } : {}) };
    const accepted = await act(async () => {
      const path = `/api/approvals/${encodeURIComponent(approvalId)}`;
      const body = { decision, actionHash: action.hash, ...extra };
      // A secret waits on no device: it arrives now, or is typed again.
      if (action.secret && note) return sendJson(path, body);
      const { state } = await deviceOutbox().send({
        path,
        body,
        words: note ?? '',
        about: { kind: 'answer', threadId, approvalId, decision },
      });
      if (note || state === 'sent') setWords('');
      if (state === 'waiting') setSent(null);
    });
    if (!accepted) setSent(null);
  }

  const onTheWay = entries.find(({ about }) => about.kind === 'answer' && about.approvalId === approvalId);
  if (outbox && onTheWay && !busy) return <WaitingAnswer entry={onTheWay} kind={kind} outbox={outbox} onTakeBack={setWords} />;

  if (modifying && Note)
    return (
      <div className="space-y-3 px-4 pt-4">
        {(failure ?? notKept) && <Notice>{failure ?? notKept}</Notice>}
        <Note
          words={words}
          onWords={setWords}
          label={kind === 'prompt' ? 'What to type' : 'What should change?'}
          steps={(kind === 'plan' && !action.effect && action.steps) || []}
          secret={action.secret === true}
          busy={waiting}
          onSend={(note) => void answer('modify', note)}
          onBack={() => setModifying(false)}
        />
      </div>
    );

  return (
    <div className="space-y-3 px-4 pt-4">
      {failure && <Notice>{failure}</Notice>}
      <Suspense>{canChoose && <KeepChoice approvalId={approvalId} files={files} dropped={dropped} onChange={setDropped} />}</Suspense>
      <Suspense>{canRemember && <RememberChoice value={remember} onChange={setRemember} />}</Suspense>
      <div className="grid grid-cols-3 gap-2">
        <Button
          look="primary"
          busy={waiting && sent === 'approve'}
          disabled={waiting || (files.length > 0 && kept.length === 0)}
          onClick={() => answer('approve')}
          className="order-last whitespace-nowrap px-2"
        >
          <Check className="size-4" aria-hidden />
          {keepsAll(dropped) ? 'Approve' : `Keep ${kept.length}`}
        </Button>
        <Button look="danger" busy={waiting && sent === 'reject'} disabled={waiting} onClick={() => answer('reject')} className="px-2">
          <X className="size-4" aria-hidden />
          Reject
        </Button>
        <Button look="plain" disabled={waiting} onClick={() => setModifying(true)} className="px-2">
          <Pencil className="size-4" aria-hidden />
          {answerLabel('modify', kind)}
        </Button>
      </div>
    </div>
  );
}

/** Loaded apart from the page, but before the press that wants it: a phone opens its keyboard only for a field that stands there at once. */
function useAnswerNote(): typeof AnswerNote | null {
  const [note, setNote] = useState<{ AnswerNote: typeof AnswerNote } | null>(null);
  useEffect(() => {
    void untilLoaded(() => import('./answer-note.tsx')).then(setNote);
  }, []);
  return note?.AnswerNote ?? null;
}
