import type { Item } from '#lib/core/state.ts';

/** The words of an item that are read as Markdown. */
export function proseOf(item: Item): string | null {
  if (item.kind === 'message') return item.text;
  return item.kind === 'run-ended' ? item.text.slice(item.saidLength).trim() : null;
}
