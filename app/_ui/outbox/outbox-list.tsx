'use client';

import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useEffect } from 'react';
import type { OutboxEntry } from '../../_live/outbox/entry.ts';
import { sendOnceLive } from '../../_live/outbox/send-once-live.ts';
import { useOutbox } from '../../_live/outbox/use-outbox.ts';
import { useWire } from '../../_live/wire/wire-context.tsx';
import { OutboxRow } from './outbox-row.tsx';

/**
 * What was said here and has not arrived: goals, or words to one thread. It stands beside the conversation, never in it. `onTakeBack` gets the
 * entry that the person takes back.
 */
export function OutboxList({ threadId, onTakeBack }: { threadId?: string; onTakeBack(entry: OutboxEntry): void }) {
  const { outbox, entries, arrivals } = useOutbox();
  const wire = useWire();
  useEffect(() => (wire && outbox ? sendOnceLive(wire, outbox) : undefined), [wire, outbox]);
  const shown = entries.filter((entry) => (threadId ? isSaidIn(threadId, entry) : entry.about.kind === 'goal'));
  const arrived = threadId ? [] : arrivals;
  if (!outbox || shown.length + arrived.length === 0) return null;
  return (
    <ul aria-label="On the way" className="scrollbar-quiet max-h-48 space-y-1.5 overflow-y-auto">
      {arrived.map((arrival) => (
        <li key={arrival.id}>
          <Link
            href={`/threads/${arrival.threadId}`}
            onClick={() => void outbox.forget(arrival)}
            className="flex min-h-11 items-center gap-2.5 rounded-control border border-line bg-raised px-3 text-sm hover:bg-sunken"
          >
            <CircleCheck className="size-4 shrink-0 text-good" aria-hidden />
            <span className="contained min-w-0 flex-1 truncate">{arrival.words}</span>
            <span className="text-ink-soft text-xs">Sent · open</span>
          </Link>
        </li>
      ))}
      {shown.map((entry) => (
        <li key={entry.order}>
          <OutboxRow
            entry={entry}
            onRetry={() => outbox.retry(entry)}
            onTakeBack={async () => {
              await outbox.discard(entry);
              onTakeBack(entry);
            }}
          />
        </li>
      ))}
    </ul>
  );
}

/** Words to the thread; those of an answer too, once its question is closed. */
function isSaidIn(threadId: string, { about, state, words }: OutboxEntry): boolean {
  if (about.kind === 'goal' || about.threadId !== threadId) return false;
  return about.kind === 'message' || (state === 'refused' && words !== '');
}
