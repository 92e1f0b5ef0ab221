import { z } from 'zod';
import { authorOf, requirePerson } from '#lib/auth/require-person.ts';
import { findCheckpoint } from '#lib/checkpoints/find-checkpoint.ts';
import type { Context, Services } from '#lib/context.ts';
import type { ChangeSummary } from '#lib/core/change.ts';
import { emptyChangeSummary } from '#lib/core/change.ts';
import type { Author } from '#lib/core/decide.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { type RevertScope, revertScopes } from '#lib/core/event.ts';
import { RequestId } from '#lib/core/request-id.ts';
import type { CheckpointState, ThreadState } from '#lib/core/state.ts';
import { setRefs, threadBranch } from '#lib/git/store/refs.ts';
import { previewRestore } from '#lib/git/tree/preview-restore.ts';
import { restoreTree } from '#lib/git/tree/restore-tree.ts';
import { readMarker, writeMarker } from '#lib/git/tree/tree-marker.ts';
import type { Caused } from '#lib/ledger/find-caused.ts';
import { readEvents } from '#lib/ledger/read-events.ts';
import { accepted } from '#lib/threads/accepted.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { takeOnce } from '#lib/threads/take-once.ts';
import { outsideActions } from './outside-actions.ts';
import { requireCurrent } from './require-current.ts';
import { revertTerms, settleForRevert } from './settle-for-revert.ts';

export const RevertThread = z.object({
  threadId: z.string(),
  checkpointId: z.string().min(1).max(200).describe('a checkpoint id, number or name'),
  scope: z.enum(revertScopes),
  ...revertTerms,
  requestId: RequestId,
});
export type RevertThread = z.input<typeof RevertThread>;

export type RevertPreview = {
  checkpointId: string;
  currentCheckpointId: string;
  scope: RevertScope;
  /** What the working tree will go through. */
  changes: ChangeSummary;
  /** Changes made by hand since the newest checkpoint: they become a checkpoint of their own first. */
  parked: ChangeSummary;
  /** What reached outside since then and stays done. */
  cannotUndo: string[];
  /** Whether the tree is already as the checkpoint has it. */
  unchanged: boolean;
};
export type RevertResult = RevertPreview & { reverted: boolean };

/**
 * Makes an older checkpoint current again: code, conversation or both. With `dryRun` only says what would change. A run that works is stopped
 * first; newer changes by hand are parked. Throws `not-found`, or `conflict` when the thread moved on since the preview that was confirmed.
 */
export async function revertThread(context: Context, input: RevertThread): Promise<RevertResult> {
  const { threadId, checkpointId, scope, reason, dryRun, expectedCurrent, requestId } = RevertThread.parse(input);
  const { state } = await requireThread(context, threadId);
  const target = await findCheckpoint(context, threadId, checkpointId);
  if (dryRun) return { ...(await preview(context, state, target, scope)), parked: emptyChangeSummary, reverted: false };
  const once = (work: (context: Context) => Promise<RevertResult>) =>
    takeOnce(context, {
      ...{ requestId, causes: ['thread.reverted'], threadId, work },
      again: ([first]) => readRevert(context, threadId, first),
    });
  // With the plain context: a request that stopped a run or parked changes, and then broke off, was not taken.
  return once(() =>
    settleForRevert(context, { state, expectedCurrent }, (before, signal) =>
      // Once more where nobody else can write: of two at once the second finds what the first did.
      once(async ({ actor }) => {
        const parked = before.current.kind === 'parked' && before.current.seq > state.seq ? before.current.changes : emptyChangeSummary;
        const author = authorOf(requirePerson(actor));
        return { ...(await applyRevert(context, { state: before.state, target, scope, reason, author, signal })), parked, reverted: true };
      }),
    ),
  );
}

/** What a request said that took effect before. */
async function readRevert({ database }: Context, threadId: string, first: Caused | undefined): Promise<RevertResult> {
  const [event] = (await Array.fromAsync(readEvents(database, threadId, { seqs: first ? [first.seq] : [] }))).flat();
  if (event?.type !== 'thread.reverted') throw new DomainError('not-found', 'This revert is gone.');
  const { checkpointId, fromCheckpointId, scope, changes, cannotUndo } = event.data;
  const unchanged = changes.fileCount === 0 && scope === 'code';
  return {
    ...{ checkpointId, currentCheckpointId: fromCheckpointId, scope, changes, cannotUndo, unchanged },
    parked: emptyChangeSummary,
    reverted: true,
  };
}

async function preview(services: Services, state: ThreadState, target: CheckpointState, scope: RevertScope): Promise<RevertPreview> {
  const current = await requireCurrent(services.database, state);
  const touchesCode = scope !== 'conversation';
  const changes = touchesCode
    ? await previewRestore({ store: services.home.store(state.projectId), from: current.commit, to: target.commit })
    : emptyChangeSummary;
  const cannotUndo = touchesCode ? await outsideActions(services.database, state.threadId, target.seq) : [];
  const marker = await readMarker(services.home.treeMarker(state.threadId));
  const leftOut = touchesCode ? (marker?.leftOut ?? []) : [];
  return {
    checkpointId: target.checkpointId,
    currentCheckpointId: current.checkpointId,
    scope,
    changes: { ...changes, leftOut },
    parked: emptyChangeSummary,
    cannotUndo,
    unchanged: changes.fileCount === 0 && scope === 'code',
  };
}

type Revert = { state: ThreadState; target: CheckpointState; scope: RevertScope; reason: string; author: Author; signal: AbortSignal };

/** The revert itself. Needs the thread's lock, for as long as `signal` does not abort, and a settled tree. The event goes first: a crash behind it is finished by `settleTree`. */
export async function applyRevert(services: Services, { state, target, scope, reason, author, signal }: Revert): Promise<RevertPreview> {
  const shown = await preview(services, state, target, scope);
  const { changes, cannotUndo } = shown;
  signal.throwIfAborted();
  if (isDone(state, target, scope)) return shown;
  accepted(
    await services.ledger.command(state.threadId, author, [
      { type: 'revert', target, scope, reason, expectedCurrent: state.currentCheckpointId ?? undefined, changes, cannotUndo },
    ]),
  );
  if (scope === 'conversation') return shown;
  const { home } = services;
  const store = home.store(state.projectId);
  const markerFile = home.treeMarker(state.threadId);
  const marker = await readMarker(markerFile);
  const current = await requireCurrent(services.database, state);
  if (!marker) throw new Error(`Thread ${state.threadId} has no settled tree.`);
  const tree = home.tree(state.threadId);
  const { leftOut } = await restoreTree({ store, tree, from: current.commit, to: target.commit, leftOut: marker.leftOut, signal });
  signal.throwIfAborted();
  await setRefs({ store, refs: { [threadBranch(state.threadId)]: target.commit } });
  await writeMarker(markerFile, { ...marker, commit: target.commit, leftOut });
  return shown;
}

/** Whether this very revert of the code is the last thing that happened: sent twice, it is one. */
function isDone({ seq, lastRevert, currentCheckpointId }: ThreadState, target: CheckpointState, scope: RevertScope): boolean {
  const isLast = lastRevert?.seq === seq && lastRevert.scope === scope && scope !== 'conversation';
  return isLast && currentCheckpointId === target.checkpointId;
}
