import type { Command } from '#lib/core/decide.ts';
import type { CheckpointData } from '#lib/core/event.ts';
import { newId } from '#lib/core/new-id.ts';
import type { CallState, CheckpointState } from '#lib/core/state.ts';
import type { commitChanges } from '#lib/git/commit/commit-changes.ts';
import { checkpointRef, setRefs, threadBranch } from '#lib/git/store/refs.ts';
import { restoreTree } from '#lib/git/tree/restore-tree.ts';
import { setAsideEdits } from '#lib/git/tree/set-aside-edits.ts';
import { readMarker, writeMarker } from '#lib/git/tree/tree-marker.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { type RunContext, type RunSnapshot, record } from '#workers/run/run-context.ts';
import type { Transaction } from '#workers/sandbox/sandbox.ts';
import { stillHolds } from './commit-effect.ts';

export type Keeping = {
  transaction: Transaction;
  committed: Pick<Awaited<ReturnType<typeof commitChanges>>, 'commit' | 'summary'>;
  /** The call that made the change and how it ended; none for a dry run that is kept as a whole. */
  call?: CallState;
  finish?: Extract<Command, { type: 'finish-call' }>;
  label?: string;
  /** The overlay lay open while a person decided: it is kept only if it still is what was shown, else the commit is. */
  waited?: boolean;
  also: Command[];
};

/**
 * Makes a commit the thread's next checkpoint and the working tree equal to it. The append decides: before it nothing has happened to
 * the tree, after it a crash is finished by `recoverTree`.
 */
export async function keepCommit(context: RunContext, { state, run }: RunSnapshot, keeping: Keeping): Promise<void> {
  const { transaction, committed, call, also } = keeping;
  const { home, threadId } = context;
  const current = await requireCurrent(context.database, state);
  const store = home.store(state.projectId);
  const tree = home.tree(threadId);
  const checkpoint: CheckpointData = {
    checkpointId: newId('cp'),
    number: state.checkpointCount,
    commit: committed.commit,
    parentCommit: current.commit,
    kind: 'step',
    label: keeping.label ?? call?.explanation ?? '',
    changes: committed.summary,
    callId: call?.callId,
    stepId: call?.stepId,
  };
  const whole = !keeping.waited || (await stillHolds(context, state.projectId, current, transaction, committed.commit));
  try {
    await record(context, 'choir', [...finished(run.runId, keeping, current, checkpoint), ...also]);
  } catch (error) {
    await transaction.drop();
    throw error;
  }
  const marker = await readMarker(home.treeMarker(threadId));
  if (whole) {
    const changes = await transaction.changes();
    await setAsideEdits({ store, commit: current.commit, tree, changes, leftOut: marker?.leftOut ?? [] });
  }
  // The refs follow the append, as the tree does: `settleTree` sets them when a crash comes between.
  const refs = { [checkpointRef(threadId, checkpoint.number)]: checkpoint.commit, [threadBranch(threadId)]: checkpoint.commit };
  await Promise.all([
    whole ? transaction.keep() : transaction.drop(),
    committed.commit === current.commit ? null : setRefs({ store, refs }),
  ]);
  const { leftOut } = checkpoint.changes;
  if (!whole)
    await restoreTree({ store, tree, from: current.commit, to: checkpoint.commit, leftOut, recovering: true, signal: context.signal });
  await writeMarker(home.treeMarker(threadId), { scannedAtMs: marker?.scannedAtMs ?? 0, commit: checkpoint.commit, leftOut });
}

/** A change of nothing but what git does not hold is kept without a checkpoint. */
function finished(runId: string, { finish, committed }: Keeping, current: CheckpointState, checkpoint: CheckpointData): Command[] {
  if (committed.commit === current.commit) return finish ? [finish] : [];
  return [finish ? { ...finish, checkpoint } : { type: 'record-checkpoint', runId, checkpoint }];
}
