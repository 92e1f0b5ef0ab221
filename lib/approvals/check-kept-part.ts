import type { ApprovalDecision, Effect } from '#lib/core/approval.ts';
import { type HunkPlace, isSamePlace, type PartPlace } from '#lib/core/change.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { ApprovalState } from '#lib/core/state.ts';
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
  const { files, fileCount } = effect.changes;
  const range = { store, from: baseCommit, to: effect.commit };
  const changes = files.length < fileCount || dropHunks.length > 0 ? await listChanges(range) : [];
  const known = new Set([...files, ...changes].map(({ path }) => path));
  const strange = keepPaths?.find((path) => !known.has(path));
  if (strange !== undefined) throw invalid(`${quoted(strange)} is not among the files that are shown.`);
  const kept = new Set(keepPaths ?? known);
  const dropped: PartPlace[] = [];
  for (const [path, parts] of Map.groupBy(dropHunks, (part) => part.path)) {
    if (!kept.has(path)) throw invalid(`${quoted(path)} is not among the files that are kept.`);
    const change = changes.find((candidate) => candidate.path === path);
    const hunks = change ? await hunkPlaces({ ...range, paths: [path, change.oldPath ?? path], contextLines: 3 }) : [];
    const left = withoutPlaces(
      hunks,
      parts.map(({ hunk }) => hunk),
    );
    if (!change || !left || (left.length > 0 && !isFileOnBothSides(change))) throw invalid(`${quoted(path)} has no such part.`);
    if (left.length === 0) kept.delete(path);
    else dropped.push(...hunks.filter((place) => !left.includes(place)).map((hunk) => ({ path, hunk })));
  }
  if (kept.size === 0) throw invalid('That keeps nothing. Say no instead.');
  const all = kept.size === known.size;
  if (!all && kept.size > keptLimit) throw invalid('These are too many files to choose from.');
  return { keepPaths: all ? undefined : [...kept], dropHunks: dropped.length > 0 ? dropped : undefined };
}

/** Null when one of `dropped` is none of the hunks. */
function withoutPlaces(hunks: HunkPlace[], dropped: HunkPlace[]): HunkPlace[] | null {
  if (!dropped.every((hunk) => hunks.some((place) => isSamePlace(place, hunk)))) return null;
  return hunks.filter((place) => !dropped.some((hunk) => isSamePlace(place, hunk)));
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
