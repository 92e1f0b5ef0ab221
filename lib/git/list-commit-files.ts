import { runGit } from './run-git.ts';
import { readTreeIndex } from './tree-index.ts';

/** `bytes` is the size of a file, and of a symlink's target; 0 for the rest. */
export type FolderEntry = { name: string; kind: 'file' | 'symlink' | 'folder' | 'submodule'; bytes: number; executable: boolean };

/** One folder of a commit ('' is the root), folders first, then by name. null when there is no such folder. */
export async function listFolderAt(input: { store: string; commit: string; path: string }): Promise<FolderEntry[] | null> {
  const { store, commit } = input;
  const path = input.path.replaceAll(/^(\.?\/)+|\/+$/g, '').replace(/^\.$/, '');
  const { paths, children } = await readTreeIndex(store, commit);
  if (path !== '' && paths.get(path)?.kind !== 'folder') return null;
  const inner = (name: string) => (path === '' ? name : `${path}/${name}`);
  const names = [...(children.get(path) ?? [])];
  const sizes = await readSizes(
    store,
    names.map((name) => paths.get(inner(name))?.oid ?? ''),
  );
  const entries = names.map((name): FolderEntry => {
    const { kind, mode, oid } = paths.get(inner(name)) ?? { kind: 'folder', mode: 0o755, oid: '' };
    const isBlob = kind === 'file' || kind === 'symlink';
    return { name, kind, bytes: isBlob ? (sizes.get(oid) ?? 0) : 0, executable: kind === 'file' && (mode & 0o100) !== 0 };
  });
  const rank = ({ kind }: FolderEntry) => (kind === 'folder' || kind === 'submodule' ? 0 : 1);
  return entries.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

async function readSizes(store: string, oids: string[]): Promise<Map<string, number>> {
  const input = oids.filter((oid) => oid !== '').join('\n');
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
