import type { LedgerEvent } from '#lib/core/event.ts';

/** What a device holds of one ledger: everything up to `seq`, and events beyond a gap, waiting. Changed in place by `receiveEvent`. */
export type Sequence = { seq: number; ahead: Map<number, LedgerEvent> };

/** Events that wait beyond a gap; more than that are read again over HTTP anyway. */
const aheadLimit = 5_000;

export function startSequence(seq: number): Sequence {
  return { seq, ahead: new Map() };
}

export function hasGap(sequence: Sequence): boolean {
  return sequence.ahead.size > 0;
}

/** Takes one event from anywhere, in any order, any number of times. Gives those that may be folded now, in order. */
export function receiveEvent(sequence: Sequence, event: LedgerEvent): LedgerEvent[] {
  const { ahead } = sequence;
  if (event.seq <= sequence.seq) return [];
  if (event.seq > sequence.seq + 1) {
    if (ahead.size < aheadLimit) ahead.set(event.seq, event);
    return [];
  }
  const ready: LedgerEvent[] = [];
  for (let next: LedgerEvent | undefined = event; next; next = ahead.get(sequence.seq + 1)) {
    ready.push(next);
    sequence.seq = next.seq;
    ahead.delete(next.seq);
  }
  return ready;
}
