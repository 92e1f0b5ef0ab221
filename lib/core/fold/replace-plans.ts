import { type Item, isHidden, type SeqRange } from '#lib/core/state.ts';

/** A run goes by the newest of its plans that the conversation holds; those before it are replaced. */
export function replacePlans(items: Item[], hidden: SeqRange[]): Item[] {
  const newest = new Map<string | undefined, number>();
  for (const { kind, runId, seq } of items) if (kind === 'plan' && !isHidden(hidden, seq)) newest.set(runId, seq);
  return items.map((item) => (item.kind === 'plan' ? { ...item, isReplaced: item.seq < (newest.get(item.runId) ?? 0) } : item));
}
