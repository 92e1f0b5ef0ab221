import type { Item } from '#lib/core/state.ts';

/** Events of one page. Small enough to be folded between two pictures. */
export const pageEvents = 400;

/**
 * The part of a long conversation that a device holds: every item of the events from `begin` up to, but without, `end`. `end` null: it goes on to
 * the newest, whose items are the window of the thread's state and not in here. `place` counts the stretches that shared nothing with the one before.
 */
export type Stretch = { begin: number; end: number | null; items: readonly Item[]; place: number };

/** The window of a thread's state: its newest items, and whether there are older ones. */
export type Window = { items: readonly Item[]; hasOlderItems: boolean };

export function stretchOf({ items, hasOlderItems }: Window, place = 0): Stretch {
  return { begin: beginOf(items, hasOlderItems), end: null, items: [], place };
}

function beginOf(items: readonly Item[], hasOlderItems: boolean): number {
  return hasOlderItems ? (items[0]?.seq ?? 1) : 1;
}

/** All items in hand, in order. */
export function itemsIn({ end, items }: Stretch, window: Window): readonly Item[] {
  if (end !== null || items.length === 0) return end === null ? window.items : items;
  return [...items, ...window.items];
}

/**
 * What a window that moved on from `before` to `now` let go of stays in hand, so that no hole opens between the two. Where they share nothing, more
 * happened between them than this device ever held: it starts over.
 */
export function followWindow(stretch: Stretch, before: Window, now: Window): Stretch {
  if (stretch.end !== null) return stretch;
  const oldest = now.items[0]?.seq ?? 0;
  if ((before.items.at(-1)?.seq ?? 0) < oldest && before.items.length > 0) return stretchOf(now, stretch.place + 1);
  const fallen = before.items.filter((item) => item.seq < oldest);
  return fallen.length === 0 ? stretch : { ...stretch, items: [...stretch.items, ...fallen] };
}

/** With a page of older items in front of it: those of the events from `begin` on. */
export function withOlder(stretch: Stretch, begin: number, page: readonly Item[]): Stretch {
  return { ...stretch, begin, items: [...page, ...stretch.items] };
}

/** With a page of newer items behind it, up to `end`. Where that reaches the window, it goes on to the newest. */
export function withNewer(stretch: Stretch, end: number, page: readonly Item[], window: Window): Stretch {
  const items = [...stretch.items, ...page];
  const oldest = window.items[0]?.seq;
  if (oldest === undefined || end < oldest) return { ...stretch, end, items };
  return { ...stretch, end: null, items: items.filter((item) => item.seq < oldest) };
}

/** Without the oldest items of more than `most`: what nobody looks at need not stay in hand. */
export function trimmed(stretch: Stretch, most: number): Stretch {
  const kept = stretch.items.slice(-most);
  const first = kept[0];
  return first && kept.length < stretch.items.length ? { ...stretch, begin: first.seq, items: kept } : stretch;
}
