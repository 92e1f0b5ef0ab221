'use client';

import { Ban, CircleCheck, CircleX, Hand, type LucideIcon, Pencil } from 'lucide-react';
import type { ApprovalDecision } from '#lib/core/approval.ts';
import { questionOf } from '#lib/core/question-of.ts';
import { HostileText } from '../base/hostile-text.tsx';
import { useUnfolded } from '../base/use-unfolded.ts';
import { ApprovalAnswer } from './approval-answer.tsx';
import { ApprovalReceipts } from './approval-receipts.tsx';
import type { ItemProps } from './item-renderers.tsx';
import { PinnedActionView } from './pinned-action-view.tsx';

const endings: Record<ApprovalDecision | 'withdrawn', { Icon: LucideIcon; words: string }> = {
  approve: { Icon: CircleCheck, words: 'Approved' },
  reject: { Icon: CircleX, words: 'Rejected' },
  modify: { Icon: Pencil, words: 'To be changed' },
  withdrawn: { Icon: Ban, words: 'No longer asked' },
};

/** A question to the person, built from the pinned action alone. Once it is answered, anywhere, only what happened stays. */
export function ApprovalCard({ item: { approval } }: ItemProps<'approval'>) {
  const open = !approval.answer && !approval.withdrawn;
  const [unfolded, setUnfolded] = useUnfolded(approval.approvalId);
  const ending = endings[approval.answer?.decision ?? 'withdrawn'];
  const { Icon, words } = open ? { Icon: Hand, words: questionOf(approval) } : ending;
  const headingId = `approval-${approval.approvalId}`;
  return (
    <section
      aria-labelledby={headingId}
      data-approval={open ? 'open' : 'closed'}
      className={`isolate overflow-clip rounded-card border bg-raised ${open ? 'border-accent shadow-sm ring-1 ring-accent/25' : 'border-line'}`}
    >
      <header className={`flex items-start gap-2.5 px-4 pt-3 ${open ? 'text-accent' : 'text-ink-soft'}`}>
        <Icon className="mt-0.5 size-5 shrink-0" aria-hidden />
        <div className="min-w-0 flex-1">
          <h2 id={headingId} tabIndex={-1} className={`font-semibold outline-none ${open ? 'text-ink' : 'text-ink-soft text-sm'}`}>
            {words}
          </h2>
          <p className="contained line-clamp-4 text-ink-soft text-sm">
            <HostileText text={approval.reason} />
          </p>
        </div>
      </header>
      {open ? (
        <>
          <PinnedActionView approval={approval} />
          <ApprovalAnswer approval={approval} />
        </>
      ) : (
        <details open={unfolded} onToggle={(event) => setUnfolded(event.currentTarget.open)}>
          <summary className="flex min-h-11 items-center px-4 text-ink-soft text-sm underline-offset-2 hover:underline">
            What was asked
          </summary>
          {unfolded && <PinnedActionView approval={approval} />}
        </details>
      )}
      <ApprovalReceipts approval={approval} />
    </section>
  );
}
