import { resolvePoint } from '#lib/checkpoints/diff-thread.ts';
import type { Context } from '#lib/context.ts';
import type { CheckpointState } from '#lib/core/state.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { checkpointOf } from './checkpoint-before.ts';

/** A checkpoint as a page names it: `label` is what a person called it, else what made it. */
export type ReviewPoint = { checkpointId: string; number: number; label: string };

/** A checkpoint as a page names it. */
export function toReviewPoint({ checkpointId, number, name, label }: CheckpointState): ReviewPoint {
  return { checkpointId, number, label: name ?? label };
}

/**
 * The checkpoint that a point of a thread is (see `diffThread`), the current one without `at`. null for a point that is none: what an approval shows,
 * or a change that was set aside. Throws `not-found`.
 */
export async function findPoint(
  context: Context,
  { threadId, at = 'current' }: { threadId: string; at?: string },
): Promise<ReviewPoint | null> {
  const { state } = await requireThread(context, threadId);
  const { commit } = await resolvePoint(context, state, at);
  const checkpoint = await checkpointOf(context.database, threadId, commit);
  return checkpoint && toReviewPoint(checkpoint);
}
