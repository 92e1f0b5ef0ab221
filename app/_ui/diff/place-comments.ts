import type { CommentPlace } from '#lib/core/comment.ts';
import type { OutboxEntry } from '../../_live/outbox/entry.ts';
import type { DiffRow } from './diff-rows.ts';

/** A comment as it can be shown: `seq` of its message, its words, and where it was made. `entry`: it waits on this device to be sent, and has no `seq` yet. */
export type PlacedComment = { seq: number; at: string; place: CommentPlace; quote: string; words: string; entry?: OutboxEntry };

export function lineKey(side: 'old' | 'new', number: number): string {
  return `${side}:${number}`;
}

/** The side and number under which a row is spoken of. */
export function rowAddress({ kind, oldNumber, newNumber }: DiffRow): { side: 'old' | 'new'; number: number } {
  return kind === 'delete' ? { side: 'old', number: oldNumber ?? 0 } : { side: 'new', number: newNumber ?? 0 };
}

/**
 * By line, the comments to show below it; `lost` are those whose lines are not in sight any more. The quoted text decides, not the number: lines
 * above may have come or gone since.
 */
export function placeComments(rows: readonly DiffRow[], comments: readonly PlacedComment[]) {
  const placed = new Map<string, PlacedComment[]>();
  const lost: PlacedComment[] = [];
  for (const comment of comments) {
    const { place, quote } = comment;
    const quoted = quote.replace(/\n…$/, '').split('\n');
    const side = rows.filter((row) => rowAddress(row).side === place.side || row.kind === 'context');
    const numberOf = (row: DiffRow) => (place.side === 'old' ? row.oldNumber : row.newNumber) ?? 0;
    const starts = side.flatMap((_, at) => (quoted.every((text, index) => side[at + index]?.text.replace('\r', '') === text) ? [at] : []));
    const distance = (at: number) => Math.abs(numberOf(side[at] as DiffRow) - place.from);
    const start = starts.toSorted((a, b) => distance(a) - distance(b))[0];
    const last = start === undefined ? undefined : side[start + quoted.length - 1];
    if (!last) lost.push(comment);
    else {
      const { side: under, number } = rowAddress(last);
      placed.set(lineKey(under, number), [...(placed.get(lineKey(under, number)) ?? []), comment]);
    }
  }
  return { placed, lost };
}
