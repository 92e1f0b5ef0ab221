import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ThreadGraph } from '#lib/core/thread-graph.ts';
import { anyGraph } from '#tests/builders/sample-graphs.ts';
import { mergeGraphs, withNames } from './merge-graph.ts';

function stretch(graph: ThreadGraph, from: number, before: number): ThreadGraph {
  const isIn = ({ seq }: { seq: number }) => seq >= from && seq < before;
  const hasOlder = graph.checkpoints.some(({ seq }) => seq < from);
  return { ...graph, checkpoints: graph.checkpoints.filter(isIn), reverts: graph.reverts.filter(isIn), hasOlder };
}

describe('two stretches of a history', () => {
  it('are the whole again, wherever it was cut and however far they overlap', () => {
    fc.assert(
      fc.property(anyGraph, fc.nat(70), fc.nat(20), (graph, cut, overlap) => {
        const older = stretch(graph, 0, cut + overlap);
        expect(mergeGraphs(stretch(graph, cut, Number.POSITIVE_INFINITY), older)).toEqual(graph);
      }),
    );
  });

  it('say of a run what the newer one says, and take names that were given since', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const working: ThreadGraph = { ...graph, runs: graph.runs.map((run) => ({ ...run, status: 'running', toSeq: undefined })) };
        expect(mergeGraphs(graph, working).runs).toEqual(graph.runs);
        const [newest] = graph.checkpoints;
        const named = withNames(graph, [{ ...newest, name: 'Good' } as never]);
        expect(named.checkpoints.map(({ name }) => name)).toEqual(graph.checkpoints.map((_, index) => (index === 0 ? 'Good' : undefined)));
      }),
    );
  });
});
