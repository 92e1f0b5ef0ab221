import type { CheckpointState } from '#lib/core/state.ts';
import type { ThreadGraph } from '#lib/core/thread-graph.ts';

/** Two stretches of one history, which may overlap. Where they say different things about the same run, `newer` is right. */
export function mergeGraphs(newer: ThreadGraph, older: ThreadGraph): ThreadGraph {
  return {
    seq: newer.seq,
    current: newer.current,
    checkpoints: mergeBy(newer.checkpoints, older.checkpoints, ({ checkpointId }) => checkpointId),
    reverts: mergeBy(newer.reverts, older.reverts, ({ seq }) => seq),
    runs: mergeBy(newer.runs, older.runs, ({ runId }) => runId),
    branches: mergeBy(newer.branches, older.branches, ({ threadId }) => threadId),
    origin: older.origin ?? newer.origin,
    hasOlder: older.hasOlder,
  };
}

/** Names that were given since the graph was read. */
export function withNames(graph: ThreadGraph, named: readonly CheckpointState[]): ThreadGraph {
  const names = new Map(named.map(({ checkpointId, name }) => [checkpointId, name]));
  const checkpoints = graph.checkpoints.map((checkpoint) => {
    const name = names.get(checkpoint.checkpointId);
    return name === undefined || name === checkpoint.name ? checkpoint : { ...checkpoint, name };
  });
  return { ...graph, checkpoints };
}

function mergeBy<Part>(newer: readonly Part[], older: readonly Part[], keyOf: (part: Part) => unknown): Part[] {
  const known = new Set(newer.map(keyOf));
  return [...newer, ...older.filter((part) => !known.has(keyOf(part)))];
}
