import { resolvePoint } from '#lib/checkpoints/diff-thread.ts';
import type { Context } from '#lib/context.ts';
import type { FileDiff } from '#lib/core/change.ts';
import { isSamePlace } from '#lib/core/hunk-place.ts';
import { diffFiles } from '#lib/git/diff/diff-commits.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { checkpointOf } from './checkpoint-before.ts';
import { type ChangeReason, explainChanges } from './explain-changes.ts';
import { type ReviewPoint, toReviewPoint } from './find-point.ts';
import { listTakenBack, type TakenBack } from './list-taken-back.ts';

/** `hunks: null`: read them by themselves, the review is long. */
export type ReviewFile = Omit<FileDiff, 'hunks'> & {
  hunks: FileDiff['hunks'] | null;
  lineCount: number;
  reasons: ChangeReason[];
  takenBack?: TakenBack;
};

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
  const taken =
    before && after
      ? await listTakenBack(context.database, threadId, { from: before, to: after, current: await requireCurrent(context.database, state) })
      : new Map<string, TakenBack>();
  let room = linesAtOnce;
  return {
    from: before && toReviewPoint(before),
    to: after && toReviewPoint(after),
    files: files.map(({ hunks, ...file }) => {
      const lineCount = hunks.reduce((sum, { lines }) => sum + lines.length, 0);
      const comesAlong = lineCount <= room;
      if (comesAlong) room -= lineCount;
      const why = [file.path, ...(file.oldPath ? [file.oldPath] : [])].flatMap((path) => reasons.get(path) ?? []);
      return {
        ...file,
        hunks: comesAlong ? hunks : null,
        lineCount,
        reasons: why,
        takenBack: allOrSome(taken.get(file.path), file, hunks),
      };
    }),
  };
}

/** Hunk by hunk, too, a file is taken back whole in the end. */
function allOrSome(
  taken: TakenBack | undefined,
  { truncated }: Pick<FileDiff, 'truncated'>,
  hunks: FileDiff['hunks'],
): TakenBack | undefined {
  if (!taken || taken === 'whole' || truncated) return taken;
  return hunks.every((hunk) => taken.some((place) => isSamePlace(place, hunk))) ? 'whole' : taken;
}
