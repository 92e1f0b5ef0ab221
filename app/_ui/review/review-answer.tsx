'use client';

import { ApprovalAnswer } from '../approval/approval-answer.tsx';
import { ApprovalReceipts } from '../approval/approval-receipts.tsx';
import { useThreadState } from '../thread/thread-context.tsx';

/** Where what is reviewed is what an approval would keep: the answers, and once there is one, what became of it. */
export function ReviewAnswer({ approvalId }: { approvalId: string | undefined }) {
  const approval = useThreadState().run?.approvals.find((candidate) => candidate.approvalId === approvalId);
  if (!approval) return null;
  const isOpen = !approval.answer && !approval.withdrawn;
  return (
    <section aria-label="Your answer" className="border-line border-t bg-raised">
      <div className="mx-auto max-w-wide pb-safe">
        {isOpen ? <ApprovalAnswer approval={approval} /> : <ApprovalReceipts approval={approval} className="px-4 pt-3" />}
      </div>
    </section>
  );
}
