import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerOf } from '#tests/builders/ledger.ts';
import { hasGap, receiveEvent, startSequence } from './gap-repair.ts';

const events = ledgerOf(Array.from({ length: 30 }, (_, index) => ({ type: 'message.posted', data: { text: `message ${index}` } })));

/** What a network may do to a ledger: lose, double and shuffle. */
const arrivals = fc.array(fc.nat({ max: events.length - 1 }), { maxLength: 80 });

function receiveAll(indices: number[], start = startSequence(0)) {
  const folded = indices.flatMap((index) => receiveEvent(start, events[index]!).map((event) => event.seq));
  return { sequence: start, folded };
}

describe('gap repair', () => {
  it('hands on each event once and in order, however they arrive', () => {
    fc.assert(
      fc.property(arrivals, (indices) => {
        const { sequence, folded } = receiveAll(indices);
        expect(folded).toEqual(Array.from({ length: sequence.seq }, (_, index) => index + 1));
      }),
    );
  });

  it('knows of a gap exactly when an event arrived whose predecessor did not', () => {
    fc.assert(
      fc.property(arrivals, (indices) => {
        const { sequence } = receiveAll(indices);
        expect(hasGap(sequence)).toBe(indices.some((index) => index + 1 > sequence.seq));
      }),
    );
  });

  it('keeps a bounded number of events beyond a gap, without a copy for each', () => {
    const sequence = startSequence(0);
    const { ahead } = sequence;
    const [event] = events;
    for (let seq = 10_000; seq > 1; seq -= 1) receiveEvent(sequence, { ...event!, seq });
    expect(sequence.ahead).toBe(ahead);
    expect(ahead.size).toBe(5_000);
  });

  it('is whole after reading what follows the last event it holds', () => {
    fc.assert(
      fc.property(arrivals, (indices) => {
        const before = receiveAll(indices);
        const repaired = receiveAll(
          events.map((_, index) => index).filter((index) => index + 1 > before.sequence.seq),
          before.sequence,
        );
        expect([...before.folded, ...repaired.folded]).toEqual(events.map((event) => event.seq));
        expect(hasGap(repaired.sequence)).toBe(false);
      }),
    );
  });
});
