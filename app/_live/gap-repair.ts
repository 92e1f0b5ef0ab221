import type { LedgerEvent } from '#lib/core/event.ts';

/** What a device holds of one ledger: everything up to `seq`, and events beyond a gap, waiting. */
export type Sequence = { seq: number; ahead: ReadonlyMap<number, LedgerEvent> };

/** Events that wait beyond a gap; more than that are read again over HTTP anyway. */
const aheadLimit = 5_000;

export function startSequence(seq: number): Sequence {
  return { seq, ahead: new Map() };
}

export function hasGap(sequence: Sequence): boolean {
  return sequence.ahead.size > 0;
}

/** Takes one event from anywhere, in any order, any number of times. `ready` are those that may be folded now, in order. */
export function receiveEvent(sequence: Sequence, event: LedgerEvent): { sequence: Sequence; ready: LedgerEvent[] } {
  if (event.seq <= sequence.seq || sequence.ahead.has(event.seq)) return { sequence, ready: [] };
  if (event.seq > sequence.seq + 1) {
    if (sequence.ahead.size >= aheadLimit) return { sequence, ready: [] };
    return { sequence: { seq: sequence.seq, ahead: new Map(sequence.ahead).set(event.seq, event) }, ready: [] };
  }
  const ready = [event];
  if (sequence.ahead.size === 0) return { sequence: { seq: event.seq, ahead: sequence.ahead }, ready };
  const ahead = new Map(sequence.ahead);
  let seq = event.seq;
  for (let next = ahead.get(seq + 1); next; next = ahead.get(seq + 1)) {
    ready.push(next);
    seq = next.seq;
    ahead.delete(seq);
  }
  return { sequence: { seq, ahead }, ready };
}
