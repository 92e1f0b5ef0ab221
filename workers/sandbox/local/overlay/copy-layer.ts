import { execFile } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { TreeChange } from '#lib/git/commit/tree-change.ts';
import { hasCode, joinBytes, longestPath, lstatOrNull, storablePath, unlockFolder } from './byte-path.ts';
import type { Layer, LayerPlaces } from './layer.ts';
import { discard, placeEntry } from './place-entry.ts';
import { removeTree } from './remove-tree.ts';
import { byPath } from './scan-upper.ts';

/** Path bytes as latin1 -> inode, change time and kind. The kernel sets the change time; a command cannot forge it. */
type Entries = Map<string, string>;
const Journal = z.object({ deleted: z.array(z.string()), changed: z.array(z.string()) });
type Journal = z.infer<typeof Journal>;

/** Where there is no overlayfs: commands work on a copy of the tree, and a scan tells what they changed. Costs what the tree weighs. */
export function copyLayer({ tree, folder }: LayerPlaces): Layer {
  const copy = join(folder, 'copy');
  const baselineFile = join(folder, 'baseline.json');
  const journalFile = join(folder, 'keep.json');

  async function difference(): Promise<Journal> {
    const before: Entries = new Map(Object.entries(z.record(z.string(), z.string()).parse(readJson(baselineFile))));
    unlockFolder(copy);
    const after = await listEntries(copy);
    const deleted = [...before.keys()].filter((path) => !after.has(path));
    const gone = new Set(deleted);
    return {
      deleted: deleted.filter((path) => !gone.has(path.slice(0, Math.max(0, path.lastIndexOf('/'))))),
      changed: [...after].filter(([path, identity]) => before.get(path) !== identity).map(([path]) => path),
    };
  }

  return {
    root: copy,
    roots: [copy],
    overlayOptions: null,
    async open() {
      if (existsSync(baselineFile) || existsSync(journalFile)) return;
      await removeTree(copy);
      mkdirSync(copy, { recursive: true, mode: 0o700 });
      const clone = process.platform === 'darwin' ? ['-c'] : [];
      await promisify(execFile)('cp', ['-a', ...clone, `${tree}/.`, copy]);
      chmodSync(copy, lstatSync(tree).mode & 0o777);
      writeJson(baselineFile, Object.fromEntries(await listEntries(copy)));
    },
    async changes() {
      const { deleted, changed } = await difference();
      return [...deleted.map((path) => describe(path, null)), ...changed.map((path) => describe(path, copy))].sort(byPath);
    },
    async keep() {
      unlockFolder(tree);
      if (!existsSync(journalFile)) writeJson(journalFile, await difference());
      const { deleted, changed } = Journal.parse(readJson(journalFile));
      const trash = Buffer.from(join(folder, 'trash'));
      const at = (root: string, path: string) => joinBytes(Buffer.from(root), Buffer.from(path, 'latin1'));
      for (const path of deleted) if (lstatOrNull(at(tree, path))) discard(at(tree, path), trash);
      const folders: [Buffer, number][] = [];
      for (const path of changed.filter((name) => copy.length + name.length + 2 <= longestPath).sort()) {
        const entry = lstatOrNull(at(copy, path));
        if (!entry) continue;
        const target = at(tree, path);
        if (!entry.isDirectory()) {
          placeEntry(at(copy, path), entry, target, trash);
          continue;
        }
        const standing = lstatOrNull(target);
        if (standing && !standing.isDirectory()) discard(target, trash);
        mkdirSync(target, { recursive: true });
        folders.push([target, entry.mode & 0o1777]);
      }
      for (const [target, mode] of folders.reverse()) chmodSync(target, mode);
    },
  };
}

function describe(latin1: string, root: string | null): TreeChange {
  const bytes = Buffer.from(latin1, 'latin1');
  const path = storablePath(bytes);
  if (path === null) return { path: bytes.toString('utf8'), kind: 'unstorable' };
  if (root === null) return { path, kind: 'deleted' };
  const source = join(root, path);
  if (Buffer.byteLength(source) >= longestPath) return { path, kind: 'unstorable' };
  const entry = lstatOrNull(source);
  if (entry?.isSymbolicLink()) return { path, kind: 'symlink', source };
  if (entry?.isDirectory()) return { path, kind: 'folder', source };
  return entry?.isFile() ? { path, kind: 'file', source } : { path, kind: 'unstorable' };
}

async function listEntries(root: string): Promise<Entries> {
  const rootBytes = Buffer.from(root);
  const entries: Entries = new Map();
  const folders: Buffer[] = [Buffer.alloc(0)];
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    for (const name of namesIn(joinBytes(rootBytes, folder))) {
      const path = joinBytes(folder, name);
      if (rootBytes.length + path.length + 2 > longestPath) {
        entries.set(path.toString('latin1'), 'too long');
        continue;
      }
      const stats = lstatSync(joinBytes(rootBytes, path), { bigint: true, throwIfNoEntry: false });
      if (!stats) continue;
      const isFolder = stats.isDirectory();
      // A folder's change time moves with its entries, which are listed by themselves: only its mode counts.
      entries.set(path.toString('latin1'), isFolder ? `folder ${stats.mode}` : `${stats.ino} ${stats.ctimeNs} ${stats.mode}`);
      if (isFolder) folders.push(path);
    }
    await setImmediate();
  }
  return entries;
}

function namesIn(folder: Buffer): Buffer[] {
  try {
    return readdirSync(folder, { encoding: 'buffer' });
  } catch (error) {
    if (hasCode(error, 'EACCES', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(`${path}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
