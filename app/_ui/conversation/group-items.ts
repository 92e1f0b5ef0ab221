import { type Item, isHidden, type SeqRange } from '#lib/core/state.ts';

type ItemOf<Kind extends Item['kind']> = Extract<Item, { kind: Kind }>;
export type CallItem = ItemOf<'call'>;
export type WorkItem = CallItem | ItemOf<'checkpoint'>;

/** What one row of the conversation shows: an item, a stretch of finished work folded into one line, or what a revert took back. */
export type Row =
  | { kind: 'item'; key: string; item: Item }
  | { kind: 'work'; key: string; items: WorkItem[] }
  | { kind: 'taken-back'; key: string; items: Item[] };

/** Finished calls in a row before they fold. */
const foldFrom = 3;

/** The rows of a conversation. Items that a revert took back fold into one row under that revert. */
export function groupItems(items: readonly Item[], hidden: SeqRange[]): Row[] {
  const rows: Row[] = [];
  let work: WorkItem[] = [];
  let taken: Item[] = [];

  const endWork = () => {
    rows.push(...foldWork(work));
    work = [];
  };
  const endTaken = () => {
    if (taken[0]) rows.push({ kind: 'taken-back', key: `taken-${taken[0].key}`, items: taken });
    taken = [];
  };

  for (const item of items) {
    if (isHidden(hidden, item.seq)) {
      endWork();
      taken.push(item);
    } else if (isFinishedWork(item)) {
      endTaken();
      work.push(item);
    } else {
      endWork();
      rows.push({ kind: 'item', key: item.key, item });
      endTaken();
    }
  }
  endWork();
  endTaken();
  return rows;
}

function isFinishedWork(item: Item): item is WorkItem {
  if (item.kind === 'call') return item.status === 'finished';
  return item.kind === 'checkpoint' && item.checkpoint.callId !== undefined && !item.checkpoint.name;
}

/** The newest checkpoint stays in sight: it is the one most often gone back to. */
function foldWork(work: WorkItem[]): Row[] {
  const last = work.at(-1);
  const folded = last?.kind === 'checkpoint' ? work.slice(0, -1) : work;
  if (!last || folded.filter((item) => item.kind === 'call').length < foldFrom) return work.map(asRow);
  const group: Row = { kind: 'work', key: `work-${folded[0]?.key}`, items: folded };
  return last.kind === 'checkpoint' ? [group, asRow(last)] : [group];
}

function asRow(item: Item): Row {
  return { kind: 'item', key: item.key, item };
}
