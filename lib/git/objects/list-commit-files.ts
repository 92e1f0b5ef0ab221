import { Errors, readTree, type TreeObject } from 'isomorphic-git';
import { naturalOrder } from '#lib/core/words/natural-order.ts';
import { runGit } from '../store/run-git.ts';
import { readCommit } from './read-commit.ts';
import { objectsOf } from './read-objects.ts';
import { readTrailer } from './tree-trailer.ts';

/** `bytes` is the size of a file, and of a symlink's target; 0 for the rest. */
export type FolderEntry = { name: string; kind: 'file' | 'symlink' | 'folder' | 'submodule'; bytes: number; executable: boolean };

/** One folder of a commit ('' is the root), folders first, then by name. null when there is no such folder. */
export async function listFolderAt({
  store,
  commit,
  path,
}: {
  store: string;
  commit: string;
  path: string;
}): Promise<FolderEntry[] | null> {
  const folder = path.replaceAll(/^(\.?\/)+|\/+$/g, '').replace(/^\.$/, '');
  const [tree, { message }] = await Promise.all([readFolder(store, commit, folder), readCommit(store, commit)]);
  const empty = emptyFoldersIn(folder, readTrailer(message).empty);
  if (!tree && !empty) return null;
  const blobs = (tree ?? []).filter(({ type }) => type === 'blob');
  const sizes = await readSizes(
    store,
    blobs.map(({ oid }) => oid),
  );
  const entries = (tree ?? []).map(
    ({ path: name, mode, type, oid }): FolderEntry => ({
      name,
      kind: type === 'tree' ? 'folder' : type === 'commit' ? 'submodule' : mode === '120000' ? 'symlink' : 'file',
      bytes: sizes.get(oid) ?? 0,
      executable: mode === '100755',
    }),
  );
  const known = new Set(entries.map(({ name }) => name));
  for (const name of empty ?? []) if (!known.has(name)) entries.push({ name, kind: 'folder', bytes: 0, executable: false });
  const rank = ({ kind }: FolderEntry) => (kind === 'folder' || kind === 'submodule' ? 0 : 1);
  return entries.sort((a, b) => rank(a) - rank(b) || naturalOrder(a.name, b.name));
}

/** The entries of one folder of a commit as git has them; null when there is none. Reads only the trees on the way, not the whole commit. */
export async function readFolder(store: string, commit: string, folder: string): Promise<TreeObject | null> {
  try {
    const { tree } = await readTree({ ...objectsOf(store), oid: commit, ...(folder === '' ? {} : { filepath: folder }) });
    return tree;
  } catch (error) {
    if (error instanceof Errors.NotFoundError || error instanceof Errors.ObjectTypeError || error instanceof Errors.InvalidFilepathError)
      return null;
    throw error;
  }
}

/** Names in `folder` that only the trailer knows, because nothing but empty folders is below them; null when it does not know `folder`. */
function emptyFoldersIn(folder: string, empty: string[]): Set<string> | null {
  const prefix = folder === '' ? '' : `${folder}/`;
  const below = empty.filter((leaf) => leaf.startsWith(prefix));
  if (below.length === 0 && !empty.includes(folder)) return null;
  return new Set(below.map((leaf) => leaf.slice(prefix.length).split('/', 1)[0] ?? ''));
}

/** Bytes of these objects, by id. */
export async function readSizes(store: string, oids: string[]): Promise<Map<string, number>> {
  if (oids.length === 0) return new Map();
  const input = oids.join('\n');
  const output = await runGit({ store, args: ['cat-file', '--batch-check=%(objectname) %(objectsize)'], input: `${input}\n` });
  return new Map(
    output
      .toString()
      .split('\n')
      .map((line) => [line.slice(0, 40), Number(line.slice(41)) || 0]),
  );
}

/** Paths of the files and symlinks of a commit, sorted, up to `limit`; `total` counts all. */
export async function listFilesAt(input: { store: string; commit: string; limit: number }): Promise<{ files: string[]; total: number }> {
  const output = await runGit({ store: input.store, args: ['ls-tree', '-r', '-z', '--name-only', input.commit] });
  const files = output
    .toString()
    .split('\0')
    .filter((path) => path !== '');
  return { files: files.slice(0, input.limit), total: files.length };
}
