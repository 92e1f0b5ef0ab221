import type { ApprovalDecision, Effect } from '#lib/core/approval.ts';
import type { HunkPlace, PartPlace } from '#lib/core/change.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { ApprovalState } from '#lib/core/state.ts';
import { everyChange } from '#lib/git/diff/every-change.ts';
import { findDisplaced } from '#lib/git/diff/find-displaced.ts';
import { hunkPlaces } from '#lib/git/diff/hunk-places.ts';
import { type CommitChange, listChanges } from '#lib/git/diff/list-changes.ts';

export type KeptPart = { keepPaths?: string[]; dropHunks?: PartPlace[] };

export type AskedPart = KeptPart & {
  decision: ApprovalDecision;
  kind: ApprovalState['kind'];
  effect: Effect | undefined;
  /** Where the effect's commit stands, and the commit it was made on. */
  store: string;
  baseCommit: string;
};

const keptLimit = 10_000;

/**
 * The part of an effect that a person keeps, as few words as it takes: no `keepPaths` is all files, and a file of which every hunk is dropped is not
 * kept. Throws `invalid` for a path or a hunk that is none of the effect's.
 */
export async function checkKeptPart({ decision, kind, effect, store, baseCommit, ...asked }: AskedPart): Promise<KeptPart> {
  const { keepPaths, dropHunks = [] } = asked;
  if (decision !== 'approve') throw invalid('Only a yes keeps files.');
  if ((kind !== 'effect' && kind !== 'turn') || !effect) throw invalid('This question shows no files to choose from.');
  const range = { store, from: baseCommit, to: effect.commit };
  const [files, changes] = await Promise.all([
    everyChange(store, { from: baseCommit, commit: effect.commit, summary: effect.changes }),
    listChanges(range),
  ]);
  const known = new Set(files.map(({ path }) => path));
  const strange = keepPaths?.find((path) => !known.has(path));
  if (strange !== undefined) throw invalid(`${quoted(strange)} is not among the files that are shown.`);
  const kept = new Set(keepPaths ?? known);
  const dropped: PartPlace[] = [];
  for (const [path, parts] of Map.groupBy(dropHunks, (part) => part.path)) {
    if (!kept.has(path)) throw invalid(`${quoted(path)} is not among the files that are kept.`);
    const change = changes.find((candidate) => candidate.path === path);
    const hunks = change ? await hunkPlaces({ ...range, paths: [path, change.oldPath ?? path], contextLines: 3 }) : [];
    const wanted = new Set(parts.map(({ hunk }) => keyOf(hunk)));
    const gone = hunks.filter((place) => wanted.has(keyOf(place)));
    const isWhole = gone.length === hunks.length;
    if (!change || gone.length < wanted.size || !(isWhole || isFileOnBothSides(change))) throw invalid(`${quoted(path)} has no such part.`);
    if (isWhole) kept.delete(path);
    else dropped.push(...gone.map((hunk) => ({ path, hunk })));
  }
  if (kept.size === 0) throw invalid('That keeps nothing. Say no instead.');
  const displaced = findDisplaced(changes, kept);
  if (displaced) throw invalid(`${quoted(displaced.by)} takes the place of ${quoted(displaced.path)}: keep both changes, or none of them.`);
  const all = kept.size === known.size;
  if (!all && kept.size > keptLimit) throw invalid('These are too many files to choose from.');
  return { keepPaths: all ? undefined : [...kept], dropHunks: dropped.length > 0 ? dropped : undefined };
}

function keyOf({ oldStart, oldLines, newStart, newLines }: HunkPlace): string {
  return `${oldStart},${oldLines},${newStart},${newLines}`;
}

function isFileOnBothSides({ oldMode, mode }: CommitChange): boolean {
  return oldMode.startsWith('100') && mode.startsWith('100');
}

function quoted(path: string): string {
  return `“${path.slice(0, 200)}”`;
}

function invalid(words: string): DomainError {
  return new DomainError('invalid', words);
}
