import type { LedgerEvent } from '#lib/core/event.ts';
import { replacePlans } from '#lib/core/fold/replace-plans.ts';
import { fold } from '#lib/core/fold.ts';
import { noCost } from '#lib/core/limits/run-cost.ts';
import { emptyThread, type Item, type RunState, type SeqRange, type ThreadState } from '#lib/core/state.ts';

/**
 * The items before `beforeSeq` of a slice of a ledger that begins anywhere in it. The slice goes on past `beforeSeq`, so that what answered or
 * finished them later is folded too; a question that stands open even then was closed later still, for no run behind the window waits. `hidden`: of the
 * thread now.
 */
export function foldSlice(events: readonly LedgerEvent[], beforeSeq: number, hidden: SeqRange[]): Item[] {
  const first = events[0];
  if (!first) return [];
  const kept = new Map<string, Item>();
  const begun = new Set(events.flatMap(({ type, runId }) => (type === 'run.queued' ? [runId] : [])));
  let state: ThreadState = { ...emptyThread, seq: first.seq - 1, run: unseenRun(first) };
  for (const event of events) {
    const oldest = state.items[0];
    if (oldest) kept.set(oldest.key, oldest);
    state = fold(state, event);
  }
  for (const item of state.items) kept.set(item.key, item);
  return replacePlans([...kept.values()], hidden)
    .filter((item) => item.seq < beforeSeq)
    .toSorted((left, right) => left.seq - right.seq)
    .map((item) => closeApproval(begun.has(item.runId) ? item : withoutTime(item)));
}

function closeApproval(item: Item): Item {
  if (item.kind !== 'approval' || item.approval.answer || item.approval.withdrawn) return item;
  return { ...item, approval: { ...item.approval, withdrawn: { at: item.at, reason: 'closed later' } } };
}

/** How long a run took and what it cost is not known to a slice that its beginning is not in. */
function withoutTime(item: Item): Item {
  return item.kind === 'run-ended' ? { ...item, workedMs: 0, cost: noCost } : item;
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
