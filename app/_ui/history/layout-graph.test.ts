import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphCheckpoint, GraphRevert, ThreadGraph } from '#lib/core/thread-graph.ts';
import { type HistoryRow, rowsOf } from './graph-rows.ts';
import { type GraphLayout, layoutGraph, strokesAt } from './layout-graph.ts';

const at = '2026-01-01T12:00:00.000Z';

/** What a thread did, oldest first: `null` makes a checkpoint, a number goes back to one of those there are. */
function graphOf(moves: readonly (number | null)[], branches: readonly number[] = []): ThreadGraph {
  const checkpoints: GraphCheckpoint[] = [];
  const reverts: GraphRevert[] = [];
  let current: string | null = null;
  for (const [index, move] of [null, ...moves].entries()) {
    const seq = index + 1;
    if (move === null) {
      const number = checkpoints.length;
      const counts = { fileCount: 1, additions: 1, deletions: 0, paths: ['a.txt'] };
      const checkpointId = `cp_${number}`;
      checkpoints.push({ checkpointId, parentId: current, number, seq, at, kind: 'step', label: 'Step', actor: 'choir', ...counts });
      current = checkpointId;
    } else {
      const target = checkpoints[move % checkpoints.length]?.checkpointId ?? '';
      reverts.push({ seq, at, checkpointId: target, fromCheckpointId: current ?? '', scope: 'code' });
      current = target;
    }
  }
  const begun = branches.map((number, index) => ({
    threadId: `th_${index}`,
    title: 'Another',
    checkpointId: `cp_${number % checkpoints.length}`,
    at,
    checkpoints: 1,
    runStatus: null,
  }));
  const seq = moves.length + 1;
  return {
    seq,
    current,
    checkpoints: checkpoints.toReversed(),
    reverts: reverts.toReversed(),
    runs: [{ runId: 'ru_1', goal: 'Go', agent: 'rules', status: 'completed', fromSeq: 2, toSeq: Math.ceil(seq / 2), at }],
    branches: begun,
    origin: null,
    hasOlder: false,
  };
}

const anyGraph = fc
  .tuple(fc.array(fc.option(fc.nat(), { nil: null, freq: 3 }), { maxLength: 60 }), fc.array(fc.nat(), { maxLength: 4 }))
  .map(([moves, branches]) => graphOf(moves, branches));

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
