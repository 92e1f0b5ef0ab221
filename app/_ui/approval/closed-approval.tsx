'use client';

import { Ban, ChevronRight, CircleCheck, CircleX, type LucideIcon, Pencil } from 'lucide-react';
import type { ApprovalDecision } from '#lib/core/approval.ts';
import type { ApprovalState } from '#lib/core/state.ts';
import { HostileText } from '../base/hostile-text.tsx';
import { useUnfolded } from '../base/use-unfolded.ts';
import { ApprovalReceipts } from './approval-receipts.tsx';
import { PinnedActionView } from './pinned-action-view.tsx';

const endings: Record<ApprovalDecision | 'withdrawn', { Icon: LucideIcon; tone: string; words: string }> = {
  approve: { Icon: CircleCheck, tone: 'text-good', words: 'Approved' },
  reject: { Icon: CircleX, tone: 'text-bad', words: 'Rejected' },
  modify: { Icon: Pencil, tone: 'text-ink-soft', words: 'To be changed' },
  withdrawn: { Icon: Ban, tone: 'text-ink-soft', words: 'No longer asked' },
};

/** What became of a question, in two lines of small print; what was asked unfolds. */
export function ClosedApproval({ approval }: { approval: ApprovalState }) {
  const [unfolded, setUnfolded] = useUnfolded(approval.approvalId);
  const { Icon, tone, words } = endings[approval.answer?.decision ?? 'withdrawn'];
  const headingId = `approval-${approval.approvalId}`;
  return (
    <section aria-labelledby={headingId} data-approval="closed" className="isolate">
      <details open={unfolded} onToggle={(event) => setUnfolded(event.currentTarget.open)} className="group">
        <summary className="-mx-2 flex min-h-11 items-center gap-2.5 rounded-lg px-2 text-sm hover:bg-sunken">
          <Icon className={`size-4 shrink-0 ${tone}`} aria-hidden />
          <div className="contained line-clamp-2 min-w-0 flex-1 text-ink-soft">
            <h2 id={headingId} className="inline font-medium text-ink">
              {words}
            </h2>{' '}
            · <HostileText text={whatWasAsked(approval)} />
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
    </section>
  );
}

/** Why a plan or a turn is asked about says that nothing is kept yet, and what to do next: that is over. */
function whatWasAsked({ kind, action, reason }: ApprovalState): string {
  if (kind === 'turn') return 'what came of the turn';
  if (kind !== 'plan') return reason;
  return action.effect ? 'what the dry run did' : 'the plan';
}
