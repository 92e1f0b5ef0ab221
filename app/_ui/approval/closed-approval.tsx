'use client';

import { Ban, ChevronRight, CircleCheck, CircleX, type LucideIcon, Pencil } from 'lucide-react';
import type { ApprovalDecision } from '#lib/core/approval.ts';
import type { ApprovalState } from '#lib/core/state.ts';
import { describeAnswer, describeClosed } from '#lib/core/words/describe-answer.ts';
import { HostileText } from '../base/hostile-text.tsx';
import { useUnfolded } from '../base/use-unfolded.ts';
import { ApprovalReceipts } from './approval-receipts.tsx';
import { PinnedActionView } from './pinned-action-view.tsx';

const looks: Record<ApprovalDecision | 'withdrawn', { Icon: LucideIcon; tone: string }> = {
  approve: { Icon: CircleCheck, tone: 'text-good' },
  reject: { Icon: CircleX, tone: 'text-bad' },
  modify: { Icon: Pencil, tone: 'text-ink-soft' },
  withdrawn: { Icon: Ban, tone: 'text-ink-soft' },
};

/** What became of a question, in two lines of small print; what was asked unfolds. */
export function ClosedApproval({ approval }: { approval: ApprovalState }) {
  const { approvalId, answer } = approval;
  const [unfolded, setUnfolded] = useUnfolded(approvalId);
  const { Icon, tone } = looks[answer?.decision ?? 'withdrawn'];
  const headingId = `approval-${approvalId}`;
  return (
    <article aria-labelledby={headingId} data-approval="closed" className="isolate">
      <details open={unfolded} onToggle={(event) => setUnfolded(event.currentTarget.open)} className="group">
        <summary className="-mx-2 flex min-h-11 items-center gap-2.5 rounded-lg px-2 text-sm hover:bg-sunken">
          <Icon className={`size-4 shrink-0 ${tone}`} aria-hidden />
          <div className="contained line-clamp-2 min-w-0 flex-1 text-ink-soft">
            <h2 id={headingId} className="inline font-medium text-ink">
              {answer ? describeAnswer(answer, approval.kind) : 'No longer asked'}
            </h2>{' '}
            · <HostileText text={describeClosed(approval)} />
          </div>
          <ChevronRight className="size-4 shrink-0 text-line-strong transition-transform duration-100 group-open:rotate-90" aria-hidden />
        </summary>
        {unfolded && (
          <div className="mb-2 ml-6.5 rounded-card border border-line bg-raised pb-3">
            <PinnedActionView approval={approval} />
          </div>
        )}
      </details>
      <ApprovalReceipts approval={approval} className="ml-6.5" />
    </article>
  );
}
