import type { FileChange, HunkPlace } from '#lib/core/change.ts';
import { isSamePlace } from '#lib/core/hunk-place.ts';
import { openPathIndex, type PathIndex } from '../objects/path-index.ts';
import { readFileAt } from '../objects/read-commit-file.ts';
import type { IndexedPath } from '../objects/tree-index.ts';
import { ancestors } from '../objects/tree-path.ts';
import { hunkPlaces } from './hunk-places.ts';
import { type CommitChange, listChanges } from './list-changes.ts';
import { withoutHunks } from './without-hunks.ts';

/** `from` and `to` are the commits that the change lies between, `now` the one it is taken back from. Without `hunk` all of the file's change. */
export type PartInput = { store: string; from: string; to: string; now: string; path: string; hunk?: HunkPlace };

/** What a path becomes; `bytes` of a symlink are its target, null: nothing is there any more. */
export type PathContent = { path: string; bytes: Buffer | null; kind: 'file' | 'symlink'; mode: number };

/** `unknown`: there is no such change between the two commits. `moved`: what it made has changed since, so only a person can say what to do. */
export type PartTakenBack =
  | { ok: true; change: FileChange; contents: PathContent[] }
  | { ok: false; reason: 'unknown' | 'moved' | 'unstorable' };

type Sides = {
  was: IndexedPath | undefined;
  became: IndexedPath | undefined;
  now: IndexedPath | undefined;
  nowAtOld: IndexedPath | undefined;
};

/** The inverse of a change of one file, or of one of its hunks, on top of what came after. Exact where the file is as the change left it. */
export async function takeBackPart(input: PartInput): Promise<PartTakenBack> {
  const { store, from, to, path, hunk } = input;
  const change = (await listChanges({ store, from, to })).find((candidate) => candidate.path === path);
  if (!change) return { ok: false, reason: 'unknown' };
  await using before = await openPathIndex(store, from);
  await using after = await openPathIndex(store, to);
  await using current = await openPathIndex(store, input.now);
  const oldPath = change.oldPath ?? path;
  const sides: Sides = {
    was: change.status === 'added' ? undefined : await before.entry(oldPath),
    became: change.status === 'deleted' ? undefined : await after.entry(path),
    now: await current.entry(path),
    nowAtOld: oldPath === path ? undefined : await current.entry(oldPath),
  };
  if ([sides.was, sides.became].some((side) => side?.kind === 'submodule')) return { ok: false, reason: 'unstorable' };
  const isPart = hunk !== undefined && sides.was !== undefined && sides.became !== undefined;
  const contents = isPart
    ? await takeBackOneHunk(input, change, sides, hunk)
    : isSame(sides.now, sides.became) && !sides.nowAtOld
      ? await wholeAsBefore(input, oldPath, sides, { before, current })
      : await mergeWhole(input, oldPath, sides);
  if (contents === 'unknown' || contents === null) return { ok: false, reason: contents ?? 'moved' };
  const { oldMode: _oldMode, mode: _mode, oldOid: _oldOid, oid: _oid, ...shown } = change;
  return { ok: true, change: shown, contents };
}

function isSame(one: IndexedPath | undefined, other: IndexedPath | undefined): boolean {
  return one?.oid === other?.oid && one?.kind === other?.kind && one?.mode === other?.mode;
}

async function wholeAsBefore(
  { store, from, path }: PartInput,
  oldPath: string,
  { was, became }: Sides,
  { before, current }: { before: PathIndex; current: PathIndex },
): Promise<PathContent[] | null> {
  const gone = became && (!was || oldPath !== path) ? [await removal(path, before, current)] : [];
  if (!was) return gone;
  const file = await readFileAt({ store, commit: from, path: oldPath });
  return file && [...gone, { path: oldPath, bytes: file.bytes, kind: file.kind, mode: was.mode }];
}

/** Folders that came with the file, and hold nothing else, go with it. */
async function removal(path: string, before: PathIndex, current: PathIndex): Promise<PathContent> {
  let gone = path;
  for (const folder of ancestors(path)) {
    if ((await before.entry(folder)) || (await current.names(folder)).size > 1) break;
    gone = folder;
  }
  return { path: gone, bytes: null, kind: 'file', mode: 0 };
}

async function takeBackOneHunk(
  input: PartInput,
  change: CommitChange,
  { now }: Sides,
  hunk: HunkPlace,
): Promise<PathContent[] | 'unknown' | null> {
  const { store, from, to, path } = input;
  const paths = [path, ...(change.oldPath ? [change.oldPath] : [])];
  const known = await hunkPlaces({ store, from, to, paths, contextLines: 3 });
  if (!known.some((place) => isSamePlace(place, hunk))) return 'unknown';
  const bytes = now?.kind === 'file' ? await withoutHunks({ ...input, oldPath: change.oldPath ?? path, hunks: [hunk] }) : null;
  return bytes && now ? [{ path, bytes, kind: 'file', mode: now.mode }] : null;
}

/** All of the change on top of other changes of the same file. */
async function mergeWhole(input: PartInput, oldPath: string, { was, became, now }: Sides): Promise<PathContent[] | null> {
  const { store, from, to, path } = input;
  if (oldPath !== path || was?.kind !== 'file' || became?.kind !== 'file' || now?.kind !== 'file') return null;
  const hunks = await hunkPlaces({ store, from, to, paths: [path], contextLines: 0 });
  const bytes = hunks.length > 0 || was.oid === became.oid ? await withoutHunks({ ...input, oldPath: path, hunks }) : null;
  return bytes && [{ path, bytes, kind: 'file', mode: now.mode === became.mode ? was.mode : now.mode }];
}
