import type { FileDiff } from '#lib/core/change.ts';
import { diffTree, listChanges } from './list-changes.ts';
import { parseDiff } from './parse-diff.ts';

/** `oldPath`: what `path` was called before, where it was renamed. */
export type DiffInput = { store: string; from: string; to: string; path?: string; oldPath?: string };

/** Bytes of a unified diff; past it the rest is left out and a last line says so. */
export const diffOutputLimitBytes = 8 * 1024 * 1024;

/** The unified diff from one commit to another as text, renames detected; of one path or folder when `path` is given. */
export async function diffCommits(input: DiffInput): Promise<string> {
  const { text, cut } = await readPatch(input);
  return cut ? `${text}\n... the rest of this diff is left out: it is over ${diffOutputLimitBytes / 1024 / 1024} MiB ...\n` : text;
}

/** The same as data: one entry per file. Files past the size limit, and those with very many lines, come without (all) hunks and `truncated`. */
export async function diffFiles(input: DiffInput): Promise<FileDiff[]> {
  const [listed, { text, cut }] = await Promise.all([listChanges(withPaths(input)), readPatch(input)]);
  const patches = parseDiff(text);
  let next = 0;
  return listed.map((file) => {
    const own = patches.slice(next, next + (file.status === 'type' ? 2 : 1));
    next += file.status === 'type' ? 2 : 1;
    const missing = own.length === 0 || (cut && next >= patches.length);
    const { oldMode, mode, oldOid, oid, ...change } = file;
    const id = [oldMode, oldOid.slice(0, 12), mode, oid.slice(0, 12)].join('-');
    return { ...change, id, hunks: own.flatMap(({ hunks }) => hunks), truncated: missing || own.some(({ truncated }) => truncated) };
  });
}

async function readPatch(input: DiffInput): Promise<{ text: string; cut: boolean }> {
  const output = await diffTree(withPaths(input), ['-p'], diffOutputLimitBytes);
  if (output.length <= diffOutputLimitBytes) return { text: output.toString(), cut: false };
  const end = output.lastIndexOf(10, diffOutputLimitBytes);
  return { text: output.subarray(0, end + 1).toString(), cut: true };
}

function withPaths({ path, oldPath, ...commits }: DiffInput) {
  return { ...commits, paths: [path, oldPath].filter((name) => name !== undefined && name !== '') as string[] };
}
