'use client';

import type { ReactNode } from 'react';
import type { ApprovalState } from '#lib/core/state.ts';
import { describeAnswer } from '#lib/core/words/describe-answer.ts';
import { onFace } from '#lib/core/words/on-face.ts';
import { HostileText } from '../base/hostile-text.tsx';
import { Clock } from '../base/moment.tsx';
import { useOtherMember } from '../thread/thread-context.tsx';

/** requested → answered → delivered → executed, as far as it has come. What should be different stands below as guidance. */
export function ApprovalReceipts({ approval, className }: { approval: ApprovalState; className: string }) {
  const { answer, deliveredAt, executed, withdrawn } = approval;
  const other = useOtherMember(answer?.userId);
  return (
    <ol aria-label="Receipts" className={`flex flex-wrap gap-x-3 gap-y-0.5 text-ink-soft text-xs ${className}`}>
      <Receipt at={approval.requestedAt}>Asked</Receipt>
      {answer && (
        <Receipt at={answer.at}>
          <span className="font-medium text-ink">{describeAnswer(answer, approval.kind)}</span> by <HostileText text={other ?? 'you'} />
          {answer.via && ` ${onFace[answer.via]}`}
        </Receipt>
      )}
      {deliveredAt && <Receipt at={deliveredAt}>Delivered</Receipt>}
      {executed && (
        <Receipt at={executed.at}>
          Result: <HostileText text={executed.outcome} />
        </Receipt>
      )}
      {withdrawn && (
        <Receipt at={withdrawn.at}>
          Withdrawn: <HostileText text={withdrawn.reason} />
        </Receipt>
      )}
      {answer?.note && answer.decision !== 'modify' && (
        <li className="contained w-full whitespace-pre-wrap">
          “<HostileText text={answer.note} />”
        </li>
      )}
    </ol>
  );
}

function Receipt({ at, children }: { at: string; children: ReactNode }) {
  return (
    <li className="contained">
      {children} <Clock at={at} />
    </li>
  );
}
