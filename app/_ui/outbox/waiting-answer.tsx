'use client';

import type { ApprovalDecision } from '#lib/core/approval.ts';
import type { Outbox } from '../../_live/outbox/create-outbox.ts';
import type { OutboxEntry } from '../../_live/outbox/entry.ts';
import { OutboxRow } from './outbox-row.tsx';

const words: Record<ApprovalDecision, string> = { approve: 'Approve', reject: 'Reject', modify: 'Modify' };

type WaitingAnswerProps = { entry: OutboxEntry; outbox: Outbox; onTakeBack(words: string): void };

/** An answer that has not arrived, in the place of the buttons that gave it. `onTakeBack` gets its words, where it has any. */
export function WaitingAnswer({ entry, outbox, onTakeBack }: WaitingAnswerProps) {
  const { about } = entry;
  if (about.kind !== 'answer') return null;
  const shown = { ...entry, words: entry.words ? `${words[about.decision]}: ${entry.words}` : words[about.decision] };
  async function takeBack(): Promise<void> {
    await outbox.discard(entry);
    if (entry.words) onTakeBack(entry.words);
  }
  return (
    <div className="px-4 pt-4">
      <OutboxRow entry={shown} onRetry={() => outbox.retry(entry)} onTakeBack={takeBack} />
    </div>
  );
}
