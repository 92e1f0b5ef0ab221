import { authorOf, type Person } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import type { ChangeSummary } from '#lib/core/change.ts';
import type { Command } from '#lib/core/decide.ts';
import type { CheckpointData } from '#lib/core/event.ts';
import { newId } from '#lib/core/new-id.ts';
import type { CheckpointState, ThreadState } from '#lib/core/state.ts';
import { checkpointRef, setRefs } from '#lib/git/store/refs.ts';
import { accepted } from '#lib/threads/accepted.ts';
import { settleTree } from '#lib/threads/revert/settle-tree.ts';

type PersonCheckpoint = {
  /** As `settleTree` left them, under the thread's lock. */
  state: ThreadState;
  current: CheckpointState;
  person: Person;
  commit: string;
  changes: ChangeSummary;
  label: string;
  command(checkpoint: CheckpointData): Command;
  signal?: AbortSignal;
};

/**
 * Makes a commit on the current checkpoint the next one, in a person's name, and brings the tree to it. A crash on the way is finished by `settleTree`.
 * `seq`: how far the thread is with it.
 */
export async function recordPersonCheckpoint(context: Context, input: PersonCheckpoint): Promise<CheckpointData & { seq: number }> {
  const { state, current, person, commit, changes, label, command, signal } = input;
  const { threadId } = state;
  const checkpoint: CheckpointData = {
    checkpointId: newId('cp'),
    number: state.checkpointCount,
    commit,
    parentCommit: current.commit,
    kind: 'person',
    label,
    changes,
  };
  await setRefs({ store: context.home.store(state.projectId), refs: { [checkpointRef(threadId, checkpoint.number)]: commit } });
  signal?.throwIfAborted();
  const { state: after } = accepted(await context.ledger.command(threadId, authorOf(person), [command(checkpoint)]));
  await settleTree(context, { threadId, kind: 'person', signal });
  return { ...checkpoint, seq: after.seq };
}
