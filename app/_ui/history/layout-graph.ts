import type { HistoryRow } from './graph-rows.ts';

/** `step` leads from a checkpoint to the one before it, `back` from a revert to where it went, `branch` from another thread to where it began. */
export type StrokeLook = 'step' | 'back' | 'branch';

/**
 * One line of a row, from its top to its bottom. `node` is the middle of the row, where the row's own lane is; numbers are lanes at the edge. An edge
 * is named by the row that it comes from, and is whole over all rows between its two ends.
 */
export type Stroke = { edge: string; look: StrokeLook; from: number | 'node'; to: number | 'node'; isCurrent: boolean };

/** `lane` of the row's node; null for a row that has none. */
export type RowLayout = { lane: number | null; strokes: Stroke[] };

export type GraphLayout = { rows: RowLayout[]; laneCount: number; currentLine: ReadonlySet<string> };

type Lane = { target: string; edge: string | null; look: StrokeLook } | null;
type Node = { id: string; target: string | null; look: StrokeLook };

/**
 * Lays a history out in lanes, newest row first. The line of the current checkpoint has lane 0 for itself; every other line takes the first lane that
 * is free. Rows that are added at the end move nothing above them.
 */
export function layoutGraph(rows: readonly HistoryRow[], current: string | null): GraphLayout {
  const currentLine = lineOf(rows, current);
  const lanes: Lane[] = [current === null ? null : { target: current, edge: null, look: 'step' }];
  let laneCount = 1;
  const laid = rows.map((row): RowLayout => {
    const node = nodeOf(row);
    const strokes: Stroke[] = [];
    const lane = node && takeLane(lanes, node);
    for (const [index, held] of lanes.entries()) {
      if (!held) continue;
      const ends = node !== null && lane !== null && held.target === node.id;
      if (held.edge !== null)
        strokes.push({ edge: held.edge, look: held.look, from: index, to: ends ? 'node' : index, isCurrent: currentLine.has(held.edge) });
      if (ends) lanes[index] = null;
    }
    if (node && lane !== null) {
      if (node.target !== null) {
        lanes[lane] = { target: node.target, edge: node.id, look: node.look };
        strokes.push({ edge: node.id, look: node.look, from: 'node', to: lane, isCurrent: currentLine.has(node.id) });
      }
      laneCount = Math.max(laneCount, lane + 1);
    }
    return { lane, strokes };
  });
  return { rows: laid, laneCount, currentLine };
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
