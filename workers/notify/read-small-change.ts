import { isDeepStrictEqual } from 'node:util';
import type { FileDiff } from '#lib/core/change.ts';
import type { ApprovalState, ThreadState } from '#lib/core/state.ts';
import { diffFiles } from '#lib/git/diff/diff-commits.ts';
import type { ChoirHome } from '#lib/home.ts';

/** More changed lines than this never stand in a notification. */
const mostLines = 24;

/** What a question would keep, line by line; null where it keeps nothing, more than a notification has room for, or what no checkpoint holds. */
export async function readSmallChange(home: ChoirHome, state: ThreadState, { action }: ApprovalState): Promise<FileDiff[] | null> {
  const { effect, baseCheckpointId } = action;
  const base = state.checkpoints.find(({ checkpointId }) => checkpointId === baseCheckpointId);
  if (!effect || !base) return null;
  const { fileCount, additions, deletions, leftOut } = effect.changes;
  if (fileCount === 0 || fileCount > mostLines || additions + deletions > mostLines) return null;
  if (!isDeepStrictEqual(leftOut, base.changes.leftOut)) return null;
  return diffFiles({ store: home.store(state.projectId), from: base.commit, to: effect.commit });
}
