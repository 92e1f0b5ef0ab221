import { type Item, isHidden, type SeqRange } from '#lib/core/state.ts';

/** A run goes by the newest of its plans that the conversation holds; those before it are replaced. */
export function replacePlans(items: Item[], hidden: SeqRange[]): Item[] {
  const plans = items.filter(({ kind, seq }) => kind === 'plan' && !isHidden(hidden, seq));
  return items.map((item) =>
    item.kind === 'plan' ? { ...item, isReplaced: plans.some(({ runId, seq }) => runId === item.runId && seq > item.seq) } : item,
  );
}
