import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyGraph } from '#tests/builders/sample-graphs.ts';
import { type HistoryRow, rowsOf } from './graph-rows.ts';
import { type GraphLayout, layoutGraph, strokesAt } from './layout-graph.ts';

function targetOf(row: HistoryRow): string | null {
  if (row.kind === 'checkpoint') return row.checkpoint.parentId;
  if (row.kind === 'revert') return row.revert.checkpointId;
  return row.kind === 'branch' ? row.branch.checkpointId : null;
}

/** The rows that an edge runs over, checked to hang together: it starts at a node, keeps its lane from row to row, and ends at a node. */
function walk(rows: readonly HistoryRow[], layout: GraphLayout, start: number): HistoryRow | undefined {
  const edge = rows[start]?.key;
  let lane = strokesAt(layout, start).find((stroke) => stroke.edge === edge && stroke.from === 'node')?.to;
  for (let index = start + 1; index < rows.length; index += 1) {
    const stroke = strokesAt(layout, index).find((candidate) => candidate.edge === edge);
    expect(stroke?.from).toBe(lane);
    if (stroke?.to === 'node') return rows[index];
    lane = stroke?.to;
  }
  return undefined;
}

describe('the lanes of a history', () => {
  it('draw every edge once, from the row that it comes from to the one that it leads to', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const rows = rowsOf(graph);
        const layout = layoutGraph(rows, graph.current);
        for (const [index, row] of rows.entries()) {
          const drawn = rows.flatMap((_, at) => strokesAt(layout, at)).filter(({ edge }) => edge === row.key);
          if (targetOf(row) === null) expect(drawn).toEqual([]);
          else expect(walk(rows, layout, index)?.key).toBe(targetOf(row));
          expect(drawn.filter(({ from }) => from === 'node')).toHaveLength(targetOf(row) === null ? 0 : 1);
        }
      }),
    );
  });

  it('never lie over one another', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const layout = layoutGraph(rowsOf(graph), graph.current);
        for (const [index, lane] of layout.lanes.entries()) {
          const strokes = strokesAt(layout, index);
          for (const side of ['from', 'to'] as const) {
            const lanes = strokes.map((stroke) => stroke[side]).filter((end) => end !== 'node');
            expect(new Set(lanes).size).toBe(lanes.length);
            for (const taken of lanes) expect(taken).toBeLessThan(layout.laneCount);
          }
          expect(strokes.filter(({ from, to }) => from === lane && to === lane)).toEqual([]);
        }
      }),
    );
  });

  it('keep the line of the current checkpoint in the first one, and nothing else', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const rows = rowsOf(graph);
        const layout = layoutGraph(rows, graph.current);
        for (const [index, row] of rows.entries())
          if (layout.lanes[index] !== null) expect(layout.lanes[index] === 0).toBe(layout.currentLine.has(row.key));
      }),
    );
  });

  it('stay as they are when older rows follow', () => {
    fc.assert(
      fc.property(anyGraph, fc.nat(60), (graph, shown) => {
        const rows = rowsOf(graph);
        const part = layoutGraph(rows.slice(0, shown), graph.current);
        expect(layoutGraph(rows, graph.current).lanes.slice(0, shown)).toEqual(part.lanes);
      }),
    );
  });
});
