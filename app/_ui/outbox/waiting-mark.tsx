'use client';

import { useOutbox } from '../../_live/outbox/use-outbox.ts';

/** In a row of the list: words or answers to this thread that have not arrived. */
export function WaitingMark({ threadId }: { threadId: string }) {
  const { entries } = useOutbox();
  const own = entries.filter(({ about }) => about.kind !== 'goal' && about.threadId === threadId);
  if (own.length === 0) return null;
  const refused = own.some(({ state }) => state === 'refused');
  return <span className={refused ? 'text-bad' : 'text-warn'}>{refused ? 'Not taken' : `${own.length} to be sent`} · </span>;
}
