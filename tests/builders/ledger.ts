import type { EventData, EventType, LedgerEvent } from '#lib/core/event.ts';
import type { Origin } from '#lib/core/state.ts';

type Fact = {
  [Type in EventType]: { type: Type; data: EventData<Type>; runId?: string; secondsLater?: number } & Partial<Origin>;
}[EventType];

export const sampleThreadId = 'th_sample';
const start = Date.parse('2026-01-01T12:00:00.000Z');

/** A ledger from its facts: seq, ids and times are filled in; each fact comes a second after the one before. */
export function ledgerOf(facts: readonly Fact[], threadId = sampleThreadId): LedgerEvent[] {
  let at = start;
  return facts.map(({ type, data, runId = 'ru_sample', secondsLater = 1, actor = 'choir', ...origin }, index) => {
    at += secondsLater * 1_000;
    const seq = index + 1;
    const envelope = { id: `ev_${seq}`, position: seq, seq, threadId, at: new Date(at).toISOString(), runId, actor, ...origin };
    return { ...envelope, type, data } as LedgerEvent;
  });
}
