import type { BigIntStats } from 'node:fs';
import { access, constants, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeftOut } from '#lib/core/change.ts';
import type { TreeChange } from '../commit/tree-change.ts';
import { hashFile, hashLink } from '../objects/hash-source.ts';
import { openPathIndex, type PathIndex } from '../objects/path-index.ts';
import { ancestors, isWithin, permissionBits } from '../objects/tree-path.ts';
import { type FolderRecord, openFolderRecord } from '../store/folder-record.ts';
import { createGate } from '../store/gate.ts';
import { checkOutTree } from './check-out-tree.ts';
import { findTouched } from './find-touched.ts';
import { clockToleranceMs, isClockSteady, type TreeMarker } from './tree-marker.ts';

/** What Linux takes as one path, its end included. */
const longestPathBytes = 4_096;

export type ScanInput = { store: string; commit: string; tree: string; marker: TreeMarker | null; leftOut: LeftOut[] };

/**
 * What differs between the tree on disk and its checkpoint, whoever did it. Everything touched since the marker is compared by its bytes; where
 * times cannot be trusted (no marker, clock set, restart) everything is. A tree that is gone as a whole is made again. Paths that `leftOut` names are passed over unless they are gone.
 * May list a path that a commit then finds unchanged: `commitChanges` says so.
 */
export async function scanTree({ store, commit, tree, marker, leftOut }: ScanInput): Promise<TreeChange[]> {
  const root = await lstatOrNull(tree);
  if (!root) {
    await checkOutTree({ store, commit, tree });
    return [];
  }
  const trusted = marker !== null && isClockSteady(marker);
  const skip = leftOut.filter(({ reason }) => reason === 'dependency-folder' || reason === 'nested-git').map(({ path }) => path);
  const since = trusted ? marker.scannedAtMs - Math.max(clockToleranceMs, tickMs(root)) : 0;
  const touched = trusted ? await findTouched({ tree, sinceMs: since, skip }) : [''];
  const vanished = await findVanished(tree, leftOut);
  const dependencies = leftOut.filter(({ reason }) => reason === 'dependency-folder').map(({ path }) => path);
  if (touched.length === 0 && dependencies.length === 0) return vanished;
  const folders = await openFolderRecord(tree);
  await using index = await openPathIndex(store, commit);
  const scan = new Scan(tree, index, folders, new Set(skip));
  await Promise.all(touched.map((path) => scan.compare(path, trusted ? 'shallow' : 'deep')));
  await Promise.all(dependencies.map((path) => scan.compareHeld(path)));
  await folders.save();
  const changes = [...scan.changes, ...vanished.filter(({ path }) => !scan.has(path))];
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Some file systems keep whole seconds only, or every second one. */
function tickMs({ ctimeNs, mtimeNs }: BigIntStats): number {
  return ctimeNs % 1_000_000_000n === 0n && mtimeNs % 1_000_000_000n === 0n ? 2_500 : 0;
}

async function findVanished(tree: string, leftOut: LeftOut[]): Promise<TreeChange[]> {
  const gone = await Promise.all(
    leftOut.map(async ({ path }) => !path.includes('\ufffd') && (await isGone(join(tree, longestFitting(tree, path))))),
  );
  return leftOut.filter((_, index) => gone[index]).map(({ path }) => ({ path, kind: 'deleted' }));
}

class Scan {
  readonly #found = new Map<string, TreeChange>();
  readonly #compared = new Set<string>();
  readonly #gate = createGate(32);
  readonly #tree: string;
  readonly #index: PathIndex;
  readonly #folders: FolderRecord;
  readonly #skip: Set<string>;

  constructor(tree: string, index: PathIndex, folders: FolderRecord, skip: Set<string>) {
    this.#tree = tree;
    this.#index = index;
    this.#folders = folders;
    this.#skip = skip;
  }

  get changes(): TreeChange[] {
    return [...this.#found.values()];
  }

  has(path: string): boolean {
    return this.#found.has(path);
  }

  /** `shallow` trusts the files of a known folder that were not touched themselves; `deep` trusts nothing below. */
  async compare(path: string, depth: 'shallow' | 'deep'): Promise<void> {
    if (this.#compared.has(`${depth}:${path}`) || isWithin(path, this.#skip)) return;
    this.#compared.add(`${depth}:${path}`);
    await this.#compareEntry(path, depth);
  }

  /** A revert may put files of a checkpoint into a folder that is left out otherwise: these few are compared, by name. */
  async compareHeld(path: string): Promise<void> {
    const known = await this.#index.entry(path);
    if (!known) return;
    if (await isGone(join(this.#tree, path))) return this.#add({ path, kind: 'deleted' });
    const stats = await lstatOrNull(join(this.#tree, path)).catch(() => null);
    if (!stats) return;
    if (known.kind !== 'folder' || !stats.isDirectory()) await this.#compareEntry(path, 'deep');
    else for (const name of await this.#index.names(path)) await this.compareHeld(`${path}/${name}`);
  }

  async #compareEntry(path: string, depth: 'shallow' | 'deep'): Promise<void> {
    if (!fits(this.#tree, path)) return this.#add({ path: firstTooLong(this.#tree, path), kind: 'unstorable' });
    const source = join(this.#tree, path);
    const stats = await lstatOrNull(source);
    if (!stats) {
      if (path.includes('\ufffd')) this.#add({ path, kind: 'unstorable' });
      return;
    }
    if (stats.isDirectory()) return this.#compareFolder(path, stats, depth);
    const kind = stats.isFile() ? 'file' : stats.isSymbolicLink() ? 'symlink' : null;
    if (!kind) return this.#add({ path, kind: 'unstorable' });
    if (!(await this.#gate(() => this.#isSame(path, source, kind, permissions(stats))))) {
      const readable = kind === 'symlink' || (await isReadable(source));
      this.#add(readable ? { path, kind, source } : { path, kind: 'unstorable' });
    }
  }

  async #isSame(path: string, source: string, kind: 'file' | 'symlink', mode: number): Promise<boolean> {
    const known = await this.#index.entry(path);
    if (known?.kind !== kind || (kind === 'file' && known.mode !== mode)) return false;
    const oid = await (kind === 'file' ? hashFile(source) : hashLink(source)).catch(() => null);
    return oid === known.oid;
  }

  async #compareFolder(path: string, stats: BigIntStats, depth: 'shallow' | 'deep'): Promise<void> {
    const known = await this.#index.entry(path);
    if (known?.kind === 'submodule') return;
    const isFolder = path === '' || known?.kind === 'folder';
    if (path !== '' && (!isFolder || known?.mode !== permissions(stats)))
      this.#add({ path, kind: 'folder', source: join(this.#tree, path) });
    const deep = depth === 'deep' || !this.#folders.knows(path, stats);
    const listed = await readdir(join(this.#tree, path)).catch((error: NodeJS.ErrnoException) => {
      if (path === '' || error.code !== 'EACCES') throw error;
      return null;
    });
    if (!listed) return this.#add({ path, kind: 'unstorable' });
    const names = new Set(listed);
    const tracked: ReadonlySet<string> = isFolder ? await this.#index.names(path) : new Set();
    const inner = (name: string) => (path === '' ? name : `${path}/${name}`);
    for (const name of tracked) {
      if (names.has(name)) continue;
      this.#folders.forget(inner(name));
      this.#add({ path: inner(name), kind: 'deleted' });
    }
    await Promise.all([...names].filter((name) => deep || !tracked.has(name)).map((name) => this.compare(inner(name), 'deep')));
    this.#folders.remember(path, stats);
  }

  #add(change: TreeChange): void {
    this.#found.set(change.path, change);
  }
}

function fits(tree: string, path: string): boolean {
  return Buffer.byteLength(join(tree, path)) < longestPathBytes;
}

function firstTooLong(tree: string, path: string): string {
  return [path, ...ancestors(path)].findLast((part) => !fits(tree, part)) ?? path;
}

function longestFitting(tree: string, path: string): string {
  return [path, ...ancestors(path)].find((part) => fits(tree, part)) ?? '';
}

function permissions(stats: BigIntStats): number {
  return Number(stats.mode) & permissionBits;
}

async function lstatOrNull(path: string): Promise<BigIntStats | null> {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** Not gone: what lies in a folder that nobody may enter. */
async function isGone(path: string): Promise<boolean> {
  try {
    return (await lstatOrNull(path)) === null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return false;
    throw error;
  }
}

async function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}
