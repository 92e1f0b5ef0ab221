import { openObjectReader } from './object-reader.ts';
import { runGit } from './run-git.ts';

/** `bytes` of a symlink are its target. `mode` is git's: 0o100644, 0o100755 or 0o120000. */
export type CommitFile = { bytes: Buffer; mode: number; kind: 'file' | 'symlink' };

/** One file of a commit; null when there is none at this path. */
export async function readFileAt(input: { store: string; commit: string; path: string }): Promise<CommitFile | null> {
  const { store, commit, path } = input;
  if (path === '' || path.includes('\0')) return null;
  const listing = await runGit({ store, args: ['ls-tree', '-z', commit, '--', path], env: { GIT_LITERAL_PATHSPECS: '1' } });
  const [, mode, oid, name] = /^(\d{6}) blob ([0-9a-f]{40})\t([^\0]*)/.exec(listing.toString()) ?? [];
  if (!mode || !oid || name !== path) return null;
  await using reader = openObjectReader(store);
  const blob = await reader.read(oid);
  return blob && { bytes: blob.bytes, mode: Number.parseInt(mode, 8), kind: mode === '120000' ? 'symlink' : 'file' };
}
