import type { Context } from '#lib/context.ts';
import type { ThreadGraph } from '#lib/core/thread-graph.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { readBranches, readOrigin } from './read-branches.ts';
import { readGraphCheckpoints } from './read-graph-checkpoints.ts';
import { readGraphReverts, readGraphRuns } from './read-graph-runs.ts';

type GraphInput = { threadId: string; after?: number; before?: number; limit?: number };

const everySeq = 2_147_483_647;

/**
 * How the checkpoints of a thread follow from one another: the newest `limit` of those between `after` and `before` (both `seq`, exclusive), with the
 * reverts and runs of the same stretch, and the threads that began at one of them.
 */
export async function readThreadGraph(
  context: Context,
  { threadId, after = 0, before = everySeq, limit = 1_000 }: GraphInput,
): Promise<ThreadGraph> {
  const { state } = await requireThread(context, threadId);
  const { sql } = context.database;
  const found = await readGraphCheckpoints(sql, { threadId, after, before, limit: limit + 1 });
  const checkpoints = found.slice(0, limit);
  const hasOlder = found.length > limit;
  const from = hasOlder ? (checkpoints.at(-1)?.seq ?? 0) : after + 1;
  const stretch = { threadId, from, before };
  const [reverts, runs, branches, origin] = await Promise.all([
    readGraphReverts(sql, stretch),
    readGraphRuns(sql, stretch),
    readBranches(sql, state, stretch),
    hasOlder ? null : readOrigin(sql, state),
  ]);
  return { seq: state.seq, current: state.currentCheckpointId, checkpoints, reverts, runs, branches, origin, hasOlder };
}
