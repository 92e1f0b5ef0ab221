import type { FileDiff } from '#lib/core/change.ts';
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
    if (!mayChoose(approval)) return [];
    const key = `${approval.action.baseCheckpointId} ${approval.action.effect?.commit}`;
    const files = known.get(key) ?? readFiles(home.store(state.projectId), state, approval);
    known.delete(key);
    known.set(key, files);
    for (const oldest of known.keys()) if (known.size > remembered) known.delete(oldest);
    files.catch(() => known.delete(key));
    return files;
  };
}

function mayChoose({ kind, action }: ApprovalState): boolean {
  if ((kind !== 'effect' && kind !== 'turn') || !action.effect) return false;
  const { files, fileCount } = action.effect.changes;
  return fileCount <= mostFiles && (fileCount > 1 || files.some(({ additions, deletions }) => additions + deletions > 1));
}

async function readFiles(store: string, { checkpoints }: ThreadState, { action }: ApprovalState): Promise<ChoosableFile[]> {
  const base = checkpoints.find(({ checkpointId }) => checkpointId === action.baseCheckpointId);
  if (!base || !action.effect) return [];
  const { changes, commit } = action.effect;
  const diffs = await diffFiles({ store, from: base.commit, to: commit });
  const files = new Map(diffs.map((diff) => [diff.path, { ...diff, parts: partsOf(diff) }]));
  // Empty folders and modes, which git does not hold.
  const others = changes.files.filter(({ path }) => !files.has(path)).map((file) => ({ ...file, parts: [] }));
  const all = [...files.values(), ...others];
  // Where one could not be listed, choosing among the others would drop it unseen.
  return all.length === changes.fileCount && isChoice(all) ? all : [];
}

/** Only what is a file on both sides, and shown whole, has parts to choose from. */
function partsOf({ status, binary, truncated, hunks }: FileDiff): ShownPart[] {
  const isOnBothSides = (status === 'modified' || status === 'renamed') && !binary && !truncated;
  return isOnBothSides && hunks.length > 1 && hunks.length <= mostParts ? hunks.map(showPart) : [];
}
