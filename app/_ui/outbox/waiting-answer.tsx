'use client';

import type { ApprovalState } from '#lib/core/state.ts';
import { answerLabel } from '#lib/core/words/answer-label.ts';
import type { Outbox } from '../../_live/outbox/create-outbox.ts';
import type { OutboxEntry } from '../../_live/outbox/entry.ts';
import { OutboxRow } from './outbox-row.tsx';

type WaitingAnswerProps = { entry: OutboxEntry; kind: ApprovalState['kind']; outbox: Outbox; onTakeBack(words: string): void };

/** An answer that has not arrived, in the place of the buttons that gave it. `onTakeBack` gets its words, where it has any. */
export function WaitingAnswer({ entry, kind, outbox, onTakeBack }: WaitingAnswerProps) {
  const { about } = entry;
  if (about.kind !== 'answer') return null;
  const label = answerLabel(about.decision, kind);
  const shown = { ...entry, words: entry.words ? `${label}: ${entry.words}` : label };
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
