import { resolvePoint } from '#lib/checkpoints/diff-thread.ts';
import { findCheckpoint } from '#lib/checkpoints/find-checkpoint.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { CheckpointState } from '#lib/core/state.ts';
import { blameFile } from '#lib/git/diff/blame-file.ts';
import { GitError } from '#lib/git/store/run-git.ts';
import { checkpointOf } from '#lib/review/checkpoint-before.ts';
import { requireThread } from '#lib/threads/require-thread.ts';

/** Lines `from` to `to`, counted from 1, and the checkpoint that made them what they are. */
export type LineChange = { from: number; to: number; checkpointId: string; number: number; label: string; kind: CheckpointState['kind'] };

/** The lines of a file that came into it in this thread, as it is at a point of the thread (see `diffThread`). Throws `not-found`. */
export async function readLineChanges(
  context: Context,
  { threadId, path, at = 'current' }: { threadId: string; path: string; at?: string },
): Promise<LineChange[]> {
  const { state } = await requireThread(context, threadId);
  const [{ commit }, base] = await Promise.all([resolvePoint(context, state, at), findCheckpoint(context, threadId, '0')]);
  const store = context.home.store(state.projectId);
  const lines = await blameFile({ store, base: base.commit, commit, path }).catch((error: unknown) => {
    if (error instanceof GitError) throw new DomainError('not-found', 'There is no such file at this checkpoint.');
    throw error;
  });
  const commits = [...new Set(lines.map((line) => line.commit))];
  const found = await Promise.all(commits.map((wanted) => checkpointOf(context.database, threadId, wanted)));
  const byCommit = new Map(commits.map((wanted, index) => [wanted, found[index]]));
  return lines.flatMap(({ from, to, commit: wanted }) => {
    const checkpoint = byCommit.get(wanted);
    if (!checkpoint) return [];
    const { checkpointId, number, name, label, kind } = checkpoint;
    return [{ from, to, checkpointId, number, label: name ?? label, kind }];
  });
}
