import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Attempt, attempts } from '#tests/builders/thread-commands.ts';
import { decide } from './decide.ts';
import { eventTypes, LedgerEvent, NewEvent } from './event.ts';
import { fold, foldAll } from './fold.ts';
import { checkpointWindow, emptyThread, isActive, itemWindow, openApprovals, type ThreadState } from './state.ts';

/** The ledger and the state that attempts lead to; `look` sees the state after each one. */
function play(tries: Attempt[], look: (state: ThreadState, before: ThreadState) => void = () => {}) {
  const events: LedgerEvent[] = [];
  let state = emptyThread;
  for (const { author, command } of tries) {
    const before = state;
    const decision = decide(state, command(state), author, new Date(Date.UTC(2026, 0, 1) + events.length * 1_000).toISOString());
    if (decision.ok) {
      for (const event of decision.events) {
        const seq = events.length + 1;
        const stored = LedgerEvent.parse({ ...event, position: seq, threadId: 'th_1', seq });
        events.push(stored);
        state = fold(state, stored);
      }
    }
    look(state, before);
  }
  return { events, state };
}

const runs = { numRuns: 200 };

describe('the core', () => {
  test('any interleaving of commands folds to a legal state', () => {
    fc.assert(
      fc.property(attempts, (tries) => {
        play(tries, (state, before) => {
          expect(state.items.length).toBeLessThanOrEqual(itemWindow);
          expect(state.checkpoints.length).toBeLessThanOrEqual(checkpointWindow);
          expect(state.items.map(({ seq }) => seq)).toEqual(state.items.map(({ seq }) => seq).toSorted((a, b) => a - b));
          if (state.seq > 0) expect(state.currentCheckpointId).not.toBeNull();
          const { run } = state;
          if (!run) return;
          expect(new Set(run.calls.map(({ callId }) => callId)).size).toBe(run.calls.length);
          expect(new Set(run.approvals.map(({ approvalId }) => approvalId)).size).toBe(run.approvals.length);
          if (isActive(run)) expect(run.status === 'waiting').toBe(openApprovals(state).length > 0);
          for (const approval of run.approvals) {
            if (approval.executed || approval.deliveredAt) expect(approval.answer).toBeDefined();
            if (approval.withdrawn) expect(approval.answer).toBeUndefined();
          }
          for (const call of run.calls) expect(call.status === 'finished').toBe(call.result !== undefined);
          if (before.run && before.run.runId === run.runId && !isActive(before.run)) expect(run.status).toBe(before.run.status);
        });
      }),
      runs,
    );
  });

  test('nothing stays open after a run ends', () => {
    fc.assert(
      fc.property(attempts, (tries) => {
        play(tries, (state) => {
          if (!state.run || isActive(state.run)) return;
          expect(openApprovals(state)).toEqual([]);
          expect(state.run.calls.filter(({ status }) => status !== 'finished')).toEqual([]);
          expect(state.run.steps.filter(({ status }) => status === 'running')).toEqual([]);
          expect(state.run.endedAt).toBeDefined();
        });
      }),
      runs,
    );
  });

  test('words that a run did not hear before its end are the next goal, unless somebody stopped it', () => {
    let moved = 0;
    fc.assert(
      fc.property(attempts, (tries) => {
        play(tries, (state, { run: before }) => {
          if (!isActive(before) || (state.run?.runId === before.runId && isActive(state.run)) || state.run?.status === 'cancelled') return;
          const unheard = before.guidance.filter(({ delivered, approvalId }) => !delivered && !approvalId);
          expect(state.run?.runId === before.runId).toBe(unheard.length === 0);
          if (unheard.length === 0) return;
          moved += 1;
          expect(state.run).toMatchObject({ status: 'queued', goal: unheard.map(({ text }) => text).join('\n\n'), guidance: [] });
          const ids = new Set(unheard.map(({ guidanceId }) => guidanceId));
          expect(state.items.filter((item) => item.kind === 'guidance' && ids.has(item.guidanceId))).toEqual([]);
        });
      }),
      runs,
    );
    expect(moved).toBeGreaterThan(0);
  });

  test('folding again, from a snapshot, or over events seen before gives the same state', () => {
    fc.assert(
      fc.property(attempts, fc.nat(), (tries, cut) => {
        const { events, state } = play(tries);
        expect(foldAll(events)).toEqual(state);
        const at = cut % (events.length + 1);
        const snapshot: ThreadState = JSON.parse(JSON.stringify(foldAll(events.slice(0, at))));
        expect(foldAll(events.slice(at), snapshot)).toEqual(state);
        expect(foldAll(events, state)).toBe(state);
      }),
      runs,
    );
  });

  test('a state survives JSON, and so does every event', () => {
    fc.assert(
      fc.property(attempts, (tries) => {
        const { events, state } = play(tries);
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
        for (const event of events) expect(NewEvent.safeParse(JSON.parse(JSON.stringify(event))).success).toBe(true);
      }),
      runs,
    );
  });

  test('folding changes no state that was handed out', () => {
    fc.assert(
      fc.property(attempts, (tries) => {
        play(tries, (state, before) => {
          if (state !== before) expect(JSON.stringify(before)).toBe(JSON.stringify(structuredClone(before)));
          deepFreeze(state);
        });
      }),
      { numRuns: 100 },
    );
  });

  test('the commands reach every type of event', () => {
    const seen = new Set(fc.sample(attempts, { numRuns: 400, seed: 7 }).flatMap((tries) => play(tries).events.map(({ type }) => type)));
    expect([...seen].toSorted()).toEqual([...eventTypes].toSorted());
  });
});

function deepFreeze(value: unknown): void {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const member of Object.values(value)) deepFreeze(member);
}
