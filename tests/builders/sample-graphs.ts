import fc from 'fast-check';
import type { GraphCheckpoint, GraphRevert, ThreadGraph } from '#lib/core/thread-graph.ts';

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
    runExtent: null,
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

/** A thread that made checkpoints and went back, in any order, with others that began at some of them. */
export const anyGraph = fc
  .tuple(fc.array(fc.option(fc.nat(), { nil: null, freq: 3 }), { maxLength: 60 }), fc.array(fc.nat(), { maxLength: 4 }))
  .map(([moves, branches]) => graphOf(moves, branches));
