import type { LedgerEvent } from '#lib/core/event.ts';
import { fold } from '#lib/core/fold.ts';
import { noCost } from '#lib/core/run-cost.ts';
import { emptyThread, type Item, type RunState, type ThreadState } from '#lib/core/state.ts';

/** Events read at once on the way back. */
export const olderEvents = 400;

/** What was read back so far: everything from the event `begin` up to the window of the thread's state. `begin` is null before the first page. */
type ReadItems = { begin: number | null; items: Item[] };

export const nothingRead: ReadItems = { begin: null, items: [] };

/**
 * What a window that moved on from `before` to `now` let go of joins what was read back, so that no hole opens between the two. Where the two windows
 * share nothing, more happened between them than this device ever held: the reading back starts over.
 */
export function keepFallenItems(read: ReadItems, before: readonly Item[], now: readonly Item[]): ReadItems {
  const oldest = now[0]?.seq ?? 0;
  if (read.begin === null) return read;
  if ((before.at(-1)?.seq ?? 0) < oldest) return nothingRead;
  const fallen = before.filter((item) => item.seq < oldest);
  return fallen.length === 0 ? read : { ...read, items: [...read.items, ...fallen] };
}

/**
 * The items before `beforeSeq` of a slice of a ledger that begins anywhere in it. The slice goes on past `beforeSeq`, so that what answered or
 * finished them later is folded too; a question that stands open even then was closed later still, for no run behind the window waits.
 */
export function foldOlderItems(events: readonly LedgerEvent[], beforeSeq: number): Item[] {
  const first = events[0];
  if (!first) return [];
  const kept = new Map<string, Item>();
  let state: ThreadState = { ...emptyThread, seq: first.seq - 1, run: unseenRun(first) };
  for (const event of events) {
    const oldest = state.items[0];
    if (oldest) kept.set(oldest.key, oldest);
    state = fold(state, event);
  }
  for (const item of state.items) kept.set(item.key, item);
  return [...kept.values()]
    .filter((item) => item.seq < beforeSeq)
    .toSorted((left, right) => left.seq - right.seq)
    .map(closeApproval);
}

function closeApproval(item: Item): Item {
  if (item.kind !== 'approval' || item.approval.answer || item.approval.withdrawn) return item;
  return { ...item, approval: { ...item.approval, withdrawn: { at: item.at, reason: 'closed later' } } };
}

/** A run whose beginning lies before the slice, as far as its items need it. */
function unseenRun({ runId, at }: LedgerEvent): RunState | null {
  if (!runId) return null;
  const unknown = { goalId: '', goal: '', agent: '', agentReason: '', mode: 'assisted', dryRun: false, judgement: 'action' } as const;
  const nothing = { planRevision: 0, steps: [], calls: [], guidance: [], approvals: [], limits: {}, cost: noCost, session: null };
  const clock = { workedMs: 0, until: null };
  return {
    runId,
    ...unknown,
    ...nothing,
    clock,
    take: 0,
    iterations: 0,
    preflighted: false,
    refusal: null,
    isUnpricedAllowed: false,
    status: 'running',
    queuedAt: at,
  };
}
