'use client';

import { Hand } from 'lucide-react';
import { questionOf } from '#lib/core/words/question-of.ts';
import { HostileText } from '../base/hostile-text.tsx';
import type { ItemProps } from '../items/item-renderers.tsx';
import { ApprovalAnswer } from './approval-answer.tsx';
import { ApprovalReceipts } from './approval-receipts.tsx';
import { ClosedApproval } from './closed-approval.tsx';
import { PinnedActionView } from './pinned-action-view.tsx';

/** A question to the person, built from the pinned action alone. Once it is answered, anywhere, only what happened stays. */
export function ApprovalCard({ item: { approval } }: ItemProps<'approval'>) {
  if (approval.answer || approval.withdrawn) return <ClosedApproval approval={approval} />;
  const headingId = `approval-${approval.approvalId}`;
  return (
    <article
      aria-labelledby={headingId}
      data-approval="open"
      className="group/question isolate overflow-clip rounded-card border border-accent bg-raised shadow-sm ring-1 ring-accent/25"
    >
      <header className="flex items-start gap-2.5 px-4 pt-3 text-accent">
        <Hand className="mt-0.5 size-5 shrink-0" aria-hidden />
        <div className="min-w-0 flex-1">
          <h2 id={headingId} tabIndex={-1} className="font-semibold text-ink outline-none">
            {questionOf(approval)}
          </h2>
          <p className="contained line-clamp-4 text-ink-soft text-sm">
            <HostileText text={approval.reason} />
          </p>
        </div>
      </header>
      <PinnedActionView approval={approval} />
      <ApprovalAnswer approval={approval} />
      <ApprovalReceipts approval={approval} className="px-4 py-3" />
    </article>
  );
}
