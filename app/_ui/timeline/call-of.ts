import type { LedgerEvent } from '#lib/core/event.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import type { LedgerWindow } from './ledger-pages.ts';

/** A call begins and ends soon after it was proposed; an answer may come in between. */
const furthestBack = 200;

/** The call that an event at `position` says the beginning or the end of, where it was proposed among the events before it that are here. */
export function callOf({ type, data }: LedgerEvent, position: number, { eventAt }: Pick<LedgerWindow, 'eventAt'>): ToolCall | undefined {
  if (type !== 'tool.started' && type !== 'tool.finished') return undefined;
  for (let at = position - 1; at >= Math.max(0, position - furthestBack); at -= 1) {
    const before = eventAt(at);
    if (before?.type === 'tool.proposed' && before.data.callId === data.callId) return before.data.call;
  }
  return undefined;
}
