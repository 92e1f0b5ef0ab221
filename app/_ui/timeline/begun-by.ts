import type { LedgerEvent } from '#lib/core/event.ts';
import type { LedgerWindow } from './ledger-pages.ts';

/** A call begins and ends soon after it was proposed; an answer may come in between. */
const furthestBack = 200;

/** The event before the one at `position` that proposed its call or asked its question, where it is among those that are here. */
export function begunBy(event: LedgerEvent, position: number, { eventAt }: Pick<LedgerWindow, 'eventAt'>): LedgerEvent | undefined {
  const fits = matcher(event);
  for (let at = position - 1; fits && at >= Math.max(0, position - furthestBack); at -= 1) {
    const before = eventAt(at);
    if (before && fits(before)) return before;
  }
  return undefined;
}

function matcher({ type, data }: LedgerEvent): ((before: LedgerEvent) => boolean) | null {
  if (type === 'tool.started' || type === 'tool.finished')
    return (before) => before.type === 'tool.proposed' && before.data.callId === data.callId;
  if (type === 'approval.answered') return (before) => before.type === 'approval.requested' && before.data.approvalId === data.approvalId;
  return null;
}
