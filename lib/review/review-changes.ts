import { resolvePoint } from '#lib/checkpoints/diff-thread.ts';
import type { Context } from '#lib/context.ts';
import type { FileDiff } from '#lib/core/change.ts';
import { diffFiles } from '#lib/git/diff/diff-commits.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { checkpointOf } from './checkpoint-before.ts';
import { type ChangeReason, explainChanges } from './explain-changes.ts';
import { type ReviewPoint, toReviewPoint } from './find-point.ts';

/** `hunks: null`: read them by themselves, the review is long. */
export type ReviewFile = Omit<FileDiff, 'hunks'> & { hunks: FileDiff['hunks'] | null; lineCount: number; reasons: ChangeReason[] };

export type Review = {
  /** The two sides, where they are checkpoints: only between those a part can be reverted. */
  from: ReviewPoint | null;
  to: ReviewPoint | null;
  files: ReviewFile[];
};

/** Lines of hunks that come with a review at once. */
const linesAtOnce = 1_500;

/** What changed between two points of a thread (see `diffThread`), and for each file what changed it and why, newest first. */
export async function reviewChanges(
  context: Context,
  { threadId, from, to = 'current' }: { threadId: string; from?: string; to?: string },
): Promise<Review> {
  const { state } = await requireThread(context, threadId);
  const target = await resolvePoint(context, state, to);
  const origin = from === undefined ? target.before : (await resolvePoint(context, state, from)).commit;
  const store = context.home.store(state.projectId);
  const [before, after] = await Promise.all([
    origin ? checkpointOf(context.database, threadId, origin) : null,
    checkpointOf(context.database, threadId, target.commit),
  ]);
  const files = origin ? await diffFiles({ store, from: origin, to: target.commit }) : [];
  const reasons = before && after ? await explainChanges(context, { state, from: before, to: after }) : new Map<string, ChangeReason[]>();
  let room = linesAtOnce;
  return {
    from: before && toReviewPoint(before),
    to: after && toReviewPoint(after),
    files: files.map(({ hunks, ...file }) => {
      const lineCount = hunks.reduce((sum, { lines }) => sum + lines.length, 0);
      const comesAlong = lineCount <= room;
      if (comesAlong) room -= lineCount;
      const why = [file.path, ...(file.oldPath ? [file.oldPath] : [])].flatMap((path) => reasons.get(path) ?? []);
      return { ...file, hunks: comesAlong ? hunks : null, lineCount, reasons: why };
    }),
  };
}
