import { readdirSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { TreeChange } from '#lib/git/commit/tree-change.ts';
import { hasCode, joinBytes, lstatOrNull, storablePath } from './byte-path.ts';
import { opaqueFolders } from './opaque-folders.ts';

const permissionBits = 0o7777;
const entriesPerTurn = 2_000;

/** Top folders of the upper layer that also exist below: only these can hold folders that were removed and made again. */
export async function opaqueInUpper(upper: string, tree: string, getfattr: string): Promise<Set<string>> {
  const root = Buffer.from(upper);
  const shared = readdirSync(root, { encoding: 'buffer', withFileTypes: true })
    .filter((entry) => entry.isDirectory() && lstatOrNull(joinBytes(Buffer.from(tree), entry.name))?.isDirectory())
    .map((entry) => joinBytes(root, entry.name));
  return shared.length === 0 ? new Set() : opaqueFolders(getfattr, shared);
}

/**
 * What an overlay's upper layer says against the tree below: sorted by path; a removed folder is one entry. What a running program takes
 * away meanwhile is left out.
 */
export async function scanUpper({ upper, tree, getfattr }: { upper: string; tree: string; getfattr: string }): Promise<TreeChange[]> {
  const opaque = await opaqueInUpper(upper, tree, getfattr);
  const upperRoot = Buffer.from(upper);
  const treeRoot = Buffer.from(tree);
  const changes: TreeChange[] = [];
  const asRoot = process.geteuid?.() === 0;
  let seen = 0;

  async function walk(folder: Buffer, below: boolean): Promise<void> {
    for (const entry of readdirSync(joinBytes(upperRoot, folder), { encoding: 'buffer', withFileTypes: true })) {
      seen += 1;
      if (seen % entriesPerTurn === 0) await setImmediate();
      const bytes = joinBytes(folder, entry.name);
      const source = joinBytes(upperRoot, bytes);
      const path = storablePath(bytes);
      if (path === null || storablePath(source) === null) {
        changes.push({ path: bytes.toString('utf8'), kind: 'unstorable' });
      } else if (entry.isCharacterDevice()) {
        changes.push({ path, kind: 'deleted' });
      } else if (entry.isDirectory()) {
        await walkFolder(bytes, path, source, below);
      } else if (entry.isSymbolicLink()) {
        changes.push({ path, kind: 'symlink', source: source.toString() });
      } else if (entry.isFile() && (asRoot || ((lstatOrNull(source)?.mode ?? 0) & 0o400) !== 0)) {
        changes.push({ path, kind: 'file', source: source.toString() });
      } else {
        changes.push({ path, kind: 'unstorable' });
      }
    }
  }

  async function walkFolder(bytes: Buffer, path: string, source: Buffer, below: boolean): Promise<void> {
    const lower = below ? lstatOrNull(joinBytes(treeRoot, bytes)) : null;
    const merged = lower?.isDirectory() === true;
    const cleared = merged && opaque.has(source.toString('latin1'));
    const stats = lstatOrNull(source);
    if (!stats) return;
    const sameMode = merged && (stats.mode & permissionBits) === (lower.mode & permissionBits);
    if (!merged || cleared || !sameMode) changes.push({ path, kind: 'folder', source: source.toString(), ...(cleared ? { cleared } : {}) });
    try {
      await walk(bytes, merged && !cleared);
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return;
      if (!hasCode(error, 'EACCES', 'ENAMETOOLONG')) throw error;
      changes.push({ path, kind: 'unstorable' });
    }
  }

  await walk(Buffer.alloc(0), true);
  return changes.sort(byPath);
}

export function byPath(left: TreeChange, right: TreeChange): number {
  return left.path < right.path ? -1 : left.path > right.path ? 1 : 0;
}
