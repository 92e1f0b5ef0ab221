import { readBlob, type TreeEntry } from 'isomorphic-git';
import { readFolder, readSizes } from './list-commit-files.ts';
import { objectsOf } from './read-objects.ts';

/** `bytes` of a symlink are its target, `oid` is git's name for them. `mode` is git's: 0o100644, 0o100755 or 0o120000. */
export type CommitFile = { oid: string; bytes: Buffer; mode: number; kind: 'file' | 'symlink' };

/** Where a file stands. With `mostBytes` a larger one is not read, and counts as none. */
export type FilePlace = { store: string; commit: string; path: string; mostBytes?: number };

/** One file of a commit; null when there is none at this path. */
export async function readFileAt({ store, commit, path, mostBytes }: FilePlace): Promise<CommitFile | null> {
  const slash = path.lastIndexOf('/');
  const folder = await readFolder(store, commit, path.slice(0, Math.max(0, slash)));
  const entry = folder?.find((candidate: TreeEntry) => candidate.path === path.slice(slash + 1));
  if (entry?.type !== 'blob') return null;
  if (mostBytes !== undefined && ((await readSizes(store, [entry.oid])).get(entry.oid) ?? 0) > mostBytes) return null;
  const { blob } = await readBlob({ ...objectsOf(store), oid: entry.oid });
  const mode = Number.parseInt(entry.mode, 8);
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength);
  return { oid: entry.oid, bytes, mode, kind: mode === 0o120000 ? 'symlink' : 'file' };
}
