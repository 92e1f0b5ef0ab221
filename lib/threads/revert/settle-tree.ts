import { existsSync } from 'node:fs';
import type { Services } from '#lib/context.ts';
import type { Author } from '#lib/core/decide.ts';
import type { CheckpointData } from '#lib/core/event.ts';
import { newId } from '#lib/core/new-id.ts';
import type { CheckpointState, ThreadState } from '#lib/core/state.ts';
import { commitChanges } from '#lib/git/commit/commit-changes.ts';
import { personAuthor } from '#lib/git/commit/person-author.ts';
import { checkpointRef, setRefs, threadBranch } from '#lib/git/store/refs.ts';
import { checkOutTree } from '#lib/git/tree/check-out-tree.ts';
import { restoreTree } from '#lib/git/tree/restore-tree.ts';
import { scanTree } from '#lib/git/tree/scan-tree.ts';
import { readMarker, writeMarker } from '#lib/git/tree/tree-marker.ts';
import { accepted } from '#lib/threads/accepted.ts';
import { requireCurrent } from './require-current.ts';

const labels = {
  person: 'Changed by hand',
  parked: 'Newer changes, set aside before going back',
  timed: 'Saved by the clock while the run worked',
} as const;

export type SettleInput = { threadId: string; kind: keyof typeof labels; signal?: AbortSignal; author?: Author };

/**
 * Puts a thread's working tree in order before anybody touches it: makes it if it is not there, finishes what a crash cut off, and makes
 * what a person changed by hand a checkpoint of its own. Needs the thread's lock, and stops when
 * `signal` says that it is lost. Returns the state with that checkpoint folded in.
 */
export async function settleTree(
  services: Services,
  { threadId, kind, signal, author = { actor: 'choir' } }: SettleInput,
): Promise<{ state: ThreadState; current: CheckpointState }> {
  const state = await services.ledger.load(threadId);
  const current = await requireCurrent(services.database, state);
  const { home } = services;
  const store = home.store(state.projectId);
  const tree = home.tree(threadId);
  const markerFile = home.treeMarker(threadId);
  const marker = await readMarker(markerFile);
  const scannedAtMs = Date.now();
  // A tree without its marker was made just before a crash, or the marker was lost: whatever is in it is compared, never replaced.
  if (!marker && !existsSync(tree)) {
    const { completedAtMs } = await checkOutTree({ store, commit: current.commit, tree });
    await writeMarker(markerFile, { commit: current.commit, scannedAtMs: completedAtMs });
    return { state, current };
  }
  let leftOut = marker?.leftOut ?? [];
  if (marker && marker.commit !== current.commit) {
    const recovered = await restoreTree({
      store,
      tree,
      from: marker.commit,
      to: current.commit,
      leftOut: marker.leftOut,
      recovering: true,
      signal,
    });
    leftOut = recovered.leftOut;
    await setRefs({ store, refs: { [checkpointRef(threadId, current.number)]: current.commit, [threadBranch(threadId)]: current.commit } });
    await writeMarker(markerFile, { ...marker, commit: current.commit, leftOut });
  }
  const changes = await scanTree({ store, commit: current.commit, tree, marker, leftOut });
  const committed =
    changes.length === 0
      ? null
      : await commitChanges({
          store,
          parentCommit: current.commit,
          changes,
          message: 'Changes made by hand',
          author: personAuthor,
          at: new Date(),
          leftOutBefore: leftOut,
          signal,
        });
  signal?.throwIfAborted();
  if (!committed?.changed) {
    await writeMarker(markerFile, { commit: current.commit, scannedAtMs, leftOut: committed?.summary.leftOut ?? leftOut });
    return { state, current };
  }
  const checkpoint: CheckpointData = {
    checkpointId: newId('cp'),
    number: state.checkpointCount,
    commit: committed.commit,
    parentCommit: current.commit,
    kind,
    label: labels[kind],
    changes: committed.summary,
  };
  await setRefs({ store, refs: { [checkpointRef(threadId, checkpoint.number)]: checkpoint.commit } });
  const recorded = accepted(await services.ledger.command(threadId, author, [{ type: 'record-checkpoint', checkpoint }]));
  await setRefs({ store, refs: { [threadBranch(threadId)]: checkpoint.commit } });
  await writeMarker(markerFile, { commit: checkpoint.commit, scannedAtMs, leftOut: checkpoint.changes.leftOut });
  return { state: recorded.state, current: await requireCurrent(services.database, recorded.state) };
}
