import type { HistoryRow } from './graph-rows.ts';

/** `step` leads from a checkpoint to the one before it, `back` from a revert to where it went, `branch` from another thread to where it began. */
export type StrokeLook = 'step' | 'back' | 'branch';

/** A line from one row's node to another's, in one lane between them. `toRow` is Infinity where the row that it leads to is not there yet. */
type Edge = { key: string; look: StrokeLook; lane: number; fromRow: number; toRow: number; isCurrent: boolean };

/** What one row shows of an edge, from the row's top to its bottom. `node` is the middle of the row, where its own lane is; numbers are lanes. */
export type Stroke = { edge: string; look: StrokeLook; from: number | 'node'; to: number | 'node'; isCurrent: boolean };

/** `lanes` has the lane of each row's node, null for a row without one. */
export type GraphLayout = { lanes: (number | null)[]; edges: Edge[]; laneCount: number; currentLine: ReadonlySet<string> };

type Lane = { target: string; edge: Edge | null } | null;
type Node = { id: string; target: string | null; look: StrokeLook };

/**
 * Lays a history out in lanes, newest row first. The line of the current checkpoint has lane 0 for itself; every other line takes the first lane that
 * is free. Rows that are added at the end move nothing above them.
 */
export function layoutGraph(rows: readonly HistoryRow[], current: string | null): GraphLayout {
  const currentLine = lineOf(rows, current);
  const held: Lane[] = [current === null ? null : { target: current, edge: null }];
  const edges: Edge[] = [];
  let laneCount = 1;
  const lanes = rows.map((row, index) => {
    const node = nodeOf(row);
    if (!node) return null;
    const lane = takeLane(held, node);
    for (const [at, waiting] of held.entries()) {
      if (waiting?.target !== node.id) continue;
      if (waiting.edge) waiting.edge.toRow = index;
      held[at] = null;
    }
    laneCount = Math.max(laneCount, lane + 1);
    if (node.target === null) return lane;
    const { id: key, look, target } = node;
    const edge: Edge = { key, look, lane, fromRow: index, toRow: Number.POSITIVE_INFINITY, isCurrent: currentLine.has(key) };
    edges.push(edge);
    held[lane] = { target, edge };
    return lane;
  });
  return { lanes, edges, laneCount, currentLine };
}

/** What the row at `index` shows. Asked for row by row: a thread that was taken back often has very many lines side by side. */
export function strokesAt({ edges }: GraphLayout, index: number): Stroke[] {
  return edges
    .filter(({ fromRow, toRow }) => fromRow <= index && index <= toRow)
    .map(({ key, look, lane, fromRow, toRow, isCurrent }) => ({
      edge: key,
      look,
      from: fromRow === index ? 'node' : lane,
      to: toRow === index ? 'node' : lane,
      isCurrent,
    }));
}

function takeLane(lanes: Lane[], { id }: Node): number {
  const waiting = lanes.findIndex((lane) => lane?.target === id);
  if (waiting >= 0) return waiting;
  const free = lanes.findIndex((lane, index) => lane === null && index > 0);
  if (free >= 0) return free;
  return lanes.push(null) - 1;
}

function nodeOf(row: HistoryRow): Node | null {
  switch (row.kind) {
    case 'checkpoint':
      return { id: row.key, target: row.checkpoint.parentId, look: 'step' };
    case 'revert':
      return { id: row.key, target: row.revert.checkpointId, look: 'back' };
    case 'branch':
      return { id: row.key, target: row.branch.checkpointId, look: 'branch' };
    default:
      return null;
  }
}

/** The current checkpoint and all that it stands on, as far as the rows go. */
function lineOf(rows: readonly HistoryRow[], current: string | null): ReadonlySet<string> {
  const line = new Set<string>();
  let next = current;
  for (const row of rows) {
    if (row.kind !== 'checkpoint' || row.key !== next) continue;
    line.add(row.key);
    next = row.checkpoint.parentId;
  }
  return line;
}
