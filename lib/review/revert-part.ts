import { z } from 'zod';
import { requirePerson } from '#lib/auth/require-person.ts';
import { findCheckpoint, findPointCheckpoint } from '#lib/checkpoints/find-checkpoint.ts';
import { recordPersonCheckpoint } from '#lib/checkpoints/record-person-checkpoint.ts';
import type { Context } from '#lib/context.ts';
import { type ChangeSummary, type FileDiff, HunkPlace } from '#lib/core/change.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { RequestId } from '#lib/core/request-id.ts';
import type { CheckpointState, ThreadState } from '#lib/core/state.ts';
import { commitContents } from '#lib/git/commit/commit-contents.ts';
import { personAuthor } from '#lib/git/commit/person-author.ts';
import { diffFiles } from '#lib/git/diff/diff-commits.ts';
import { takeBackPart } from '#lib/git/diff/take-back-part.ts';
import { readMarker } from '#lib/git/tree/tree-marker.ts';
import type { Caused } from '#lib/ledger/find-caused.ts';
import { readEvents } from '#lib/ledger/read-events.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { revertTerms, settleForRevert } from '#lib/threads/revert/settle-for-revert.ts';
import { takeOnce } from '#lib/threads/take-once.ts';
import { checkpointBefore } from './checkpoint-before.ts';

const Point = z.string().min(1).max(200).describe('a checkpoint id, number or name, `current` or `start`');

export const RevertPart = z.object({
  threadId: z.string(),
  path: z.string().min(1).max(4_096).describe('the file as it is called at `to`'),
  from: Point.optional().describe('where the change began; without it the checkpoint before `to`'),
  to: Point.default('current').describe('where the change ended'),
  hunk: HunkPlace.optional().describe('only this hunk of the diff between the two'),
  ...revertTerms,
  requestId: RequestId,
});
export type RevertPart = z.input<typeof RevertPart>;

export type RevertedPart = {
  reverted: boolean;
  /** Reverting to it undoes this. */
  currentCheckpointId: string;
  /** The checkpoint that holds the result; null for a preview. */
  checkpointId: string | null;
  changes: ChangeSummary;
  /** What the tree will go through, or went through, line by line. */
  files: FileDiff[];
};

/**
 * Takes back what changed in one file between two checkpoints, or one hunk of it, and leaves all else; the result is a checkpoint of the person's.
 * With `dryRun` only says what would change. A run that works is stopped first, as for any revert. Throws `not-found` for a change that there is not,
 * and `conflict` when those lines have changed since or the thread moved on since the preview.
 */
export async function revertPart(context: Context, input: RevertPart): Promise<RevertedPart> {
  const { threadId, from, to, dryRun, expectedCurrent, requestId, ...part } = RevertPart.parse(input);
  const { state } = await requireThread(context, threadId);
  const target = await findPointCheckpoint(context, state, to);
  const origin =
    from === undefined ? await checkpointBefore(context.database, threadId, target) : await findPointCheckpoint(context, state, from);
  const change = { ...part, origin, target };
  const preview = async () => makePart(context, state, await requireCurrent(context.database, state), change);
  if (dryRun) {
    const { current, shown } = await preview();
    return { reverted: false, currentCheckpointId: current, checkpointId: null, ...shown };
  }
  const once = (work: (context: Context) => Promise<RevertedPart>) =>
    takeOnce(context, {
      ...{ requestId, causes: ['checkpoint.created'], threadId, work },
      again: ([first]) => readReverted(context, state, first),
    });
  // With the plain context: a request that stopped a run or parked changes, and then broke off, was not taken.
  return once(async () => {
    // What cannot be reverted stops no run.
    await preview();
    return settleForRevert(context, { state, expectedCurrent }, (settled, signal) =>
      // Once more where nobody else can write: of two at once the second finds what the first did.
      once(async (taken) => {
        const { current } = settled;
        const { commit, label, shown } = await makePart(taken, settled.state, current, change);
        const { path, hunk, reason } = part;
        const takesBack = { path, fromCheckpointId: origin.checkpointId, toCheckpointId: target.checkpointId, hunk, reason };
        const expected = current.checkpointId;
        const { checkpointId } = await recordPersonCheckpoint(taken, {
          ...{ state: settled.state, current, person: requirePerson(taken.actor), commit, changes: shown.changes, label, signal },
          command: (checkpoint) => ({ type: 'revert-part', checkpoint: { ...checkpoint, takesBack }, expectedCurrent: expected }),
        });
        return { reverted: true, currentCheckpointId: expected, checkpointId, ...shown };
      }),
    );
  });
}

/** What a request said that took effect before. */
async function readReverted({ database, home }: Context, state: ThreadState, first: Caused | undefined): Promise<RevertedPart> {
  const { threadId, projectId } = state;
  const [event] = (await Array.fromAsync(readEvents(database, threadId, { seqs: first ? [first.seq] : [] }))).flat();
  if (event?.type !== 'checkpoint.created') throw new DomainError('not-found', 'This revert is gone.');
  const { checkpointId, commit, changes } = event.data;
  const before = await checkpointBefore(database, threadId, await findCheckpoint({ database }, threadId, checkpointId));
  const files = await diffFiles({ store: home.store(projectId), from: before.commit, to: commit });
  return { reverted: true, currentCheckpointId: before.checkpointId, checkpointId, changes, files };
}

type Part = { path: string; hunk?: HunkPlace; origin: CheckpointState; target: CheckpointState };

const refusals = {
  unknown: { code: 'not-found', words: 'There is no such change between these checkpoints.' },
  moved: { code: 'conflict', words: 'This has changed again since. Revert the newer change first, or tell the agent what you want.' },
  unstorable: { code: 'conflict', words: 'A repository inside the repository cannot be reverted by itself.' },
} as const;

/** The commit with the part taken back, which nothing points at yet. */
async function makePart(context: Context, state: ThreadState, current: CheckpointState, { path, hunk, origin, target }: Part) {
  const store = context.home.store(state.projectId);
  const taken = await takeBackPart({ store, from: origin.commit, to: target.commit, now: current.commit, path, hunk });
  if (!taken.ok) throw new DomainError(refusals[taken.reason].code, refusals[taken.reason].words, { reason: `part-${taken.reason}` });
  const label = hunk ? `Reverted a change in ${path}` : `Reverted ${path}`;
  const marker = await readMarker(context.home.treeMarker(state.threadId));
  const { commit, changed, summary } = await commitContents({
    ...{ store, parentCommit: current.commit, contents: taken.contents, message: label, author: personAuthor, at: new Date() },
    leftOutBefore: marker?.leftOut ?? [],
    staging: `${context.home.tree(state.threadId)}.${crypto.randomUUID()}`,
  });
  if (!changed) throw new DomainError('conflict', 'This is as it was before already: nothing to revert.', { reason: 'part-unchanged' });
  const files = await diffFiles({ store, from: current.commit, to: commit });
  return { commit, label, current: current.checkpointId, shown: { changes: summary, files } };
}
