import { runGit } from '../store/run-git.ts';
import { readCommit } from './read-commit.ts';
import { ancestors } from './tree-path.ts';
import { modesByPath, readTrailer, type TreeTrailer } from './tree-trailer.ts';

/** `mode`: permission bits on disk. `oid`: the blob of a file or symlink. A submodule is a folder whose content is not ours. */
export type IndexedPath = { kind: 'file' | 'symlink' | 'folder' | 'submodule'; mode: number; oid: string };

/** Everything a checkpoint says of its tree. */
export type TreeIndex = { paths: Map<string, IndexedPath>; trailer: TreeTrailer };

/** Reads the whole tree of a commit: about 0.1 s at 50,000 files. For a few paths see path-index.ts. */
export async function readTreeIndex(store: string, commit: string): Promise<TreeIndex> {
  const [listing, { message }] = await Promise.all([
    runGit({ store, args: ['ls-tree', '-r', '-t', '-z', commit] }),
    readCommit(store, commit),
  ]);
  const trailer = readTrailer(message);
  const paths = new Map<string, IndexedPath>();
  for (const line of listing.toString().split('\0')) {
    const tab = line.indexOf('\t');
    if (tab < 0) continue;
    const [mode = '', , oid = ''] = line.slice(0, tab).split(' ');
    paths.set(line.slice(tab + 1), { ...kindOf(mode), oid });
  }
  for (const leaf of trailer.empty) {
    for (const folder of [leaf, ...ancestors(leaf)]) if (!paths.has(folder)) paths.set(folder, { kind: 'folder', mode: 0o755, oid: '' });
  }
  for (const [path, mode] of modesByPath(trailer)) {
    const entry = paths.get(path);
    if (entry) entry.mode = mode;
  }
  return { paths, trailer };
}

/** `mode`: six octal digits, as `git ls-tree` has them. */
export function kindOf(mode: string): Pick<IndexedPath, 'kind' | 'mode'> {
  if (mode === '040000') return { kind: 'folder', mode: 0o755 };
  if (mode === '120000') return { kind: 'symlink', mode: 0o777 };
  if (mode === '160000') return { kind: 'submodule', mode: 0o755 };
  return { kind: 'file', mode: mode === '100755' ? 0o755 : 0o644 };
}
