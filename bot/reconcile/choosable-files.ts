import type { Effect } from '#lib/core/approval.ts';
import type { FileDiff } from '#lib/core/change.ts';
import { mayHaveParts, mayKeepPart } from '#lib/core/keep-part.ts';
import type { ApprovalState, ThreadState } from '#lib/core/state.ts';
import { diffFiles } from '#lib/git/diff/diff-commits.ts';
import type { ChoirHome } from '#lib/home.ts';
import { type ChoosableFile, isChoice } from '../render/choosing.ts';
import { type ShownPart, showPart } from '../render/show-part.ts';

export type ChoosableFiles = (state: ThreadState, approval: ApprovalState) => Promise<ChoosableFile[]>;

/** Past it nobody taps through them. */
const mostFiles = 1_000;
const mostParts = 200;
const remembered = 16;

/** Reads what of an effect a person may keep or drop by itself: none where there is nothing to choose. Commits never change, so the newest answers are remembered. */
export function readChoosableFiles(home: ChoirHome): ChoosableFiles {
  const known = new Map<string, Promise<ChoosableFile[]>>();

  return async (state, approval) => {
    const { baseCheckpointId, effect } = approval.action;
    const base = state.checkpoints.find(({ checkpointId }) => checkpointId === baseCheckpointId);
    if (!base || !effect || effect.changes.fileCount > mostFiles || !mayKeepPart(approval)) return [];
    const key = `${base.commit} ${effect.commit}`;
    const files = known.get(key) ?? readFiles(home.store(state.projectId), base.commit, effect);
    known.delete(key);
    known.set(key, files);
    const oldest = known.keys().next().value;
    if (known.size > remembered && oldest !== undefined) known.delete(oldest);
    files.catch(() => known.delete(key));
    return files;
  };
}

async function readFiles(store: string, from: string, { changes, commit }: Effect): Promise<ChoosableFile[]> {
  const diffs = await diffFiles({ store, from, to: commit });
  const files = new Map(diffs.map((diff) => [diff.path, { ...diff, parts: partsOf(diff) }]));
  // Empty folders and modes, which git does not hold.
  const others = changes.files.filter(({ path }) => !files.has(path)).map((file) => ({ ...file, parts: [] }));
  const all = [...files.values(), ...others];
  // Where one could not be listed, choosing among the others would drop it unseen.
  return all.length === changes.fileCount && isChoice(all) ? all : [];
}

/** Only what is a file on both sides, and shown whole, has parts to choose from. */
function partsOf(diff: FileDiff): ShownPart[] {
  const { truncated, hunks } = diff;
  return mayHaveParts(diff) && !truncated && hunks.length > 1 && hunks.length <= mostParts ? hunks.map(showPart) : [];
}
