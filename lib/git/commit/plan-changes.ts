import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import type { LeftOut } from '#lib/core/change.ts';
import { ancestors, findPathFault, isReservedLink, isWithin, permissionBits } from '../objects/tree-path.ts';
import type { TreeChange } from './tree-change.ts';

export const fileCapBytes = 256 * 1024 * 1024;
export const dependencyCap = { files: 2_000, bytes: 20 * 1024 * 1024 };

/** Folders whose content tools make again from what the checkpoint holds. Left out only when one change puts more into them than the cap. */
const dependencyFolders = new Set(
  'node_modules bower_components .venv venv .tox __pycache__ target .gradle .next .nuxt .turbo .cache dist build out'.split(' '),
);

/** One thing that a commit does to a path. `mode` holds the permission bits, `size` bytes. */
export type Planned =
  | { kind: 'remove'; path: string }
  | { kind: 'file'; path: string; source: string; mode: number; size: number }
  | { kind: 'symlink'; path: string; source: string }
  | { kind: 'folder'; path: string; mode: number; cleared: boolean };

/**
 * What a commit will do for these changes, and every path that it will not hold: what was left out before and still lies there, and what the
 * rules leave out now. A path that a tool replaced is judged afresh, and so is one inside a left-out folder that the parent `holds` all the same.
 */
export async function planChanges(
  changes: TreeChange[],
  before: LeftOut[],
  holds: (path: string) => Promise<boolean>,
  signal?: AbortSignal,
): Promise<{ planned: Planned[]; leftOut: LeftOut[] }> {
  const gone = new Set(
    changes.filter((change) => !('source' in change) || change.kind !== 'folder' || change.cleared).map(({ path }) => path),
  );
  const leftOut = new Map(before.filter(({ path }) => !isWithin(path, gone)).map((entry) => [entry.path, entry]));
  const held = await findHeld(changes, leftOut, holds);
  const found: Planned[] = [];
  for (let start = 0; start < changes.length; start += 256) {
    signal?.throwIfAborted();
    const batch = changes.slice(start, start + 256);
    const stats = await Promise.all(batch.map(statSource));
    batch.forEach((change, index) => {
      const planned = planChange(change, stats[index] ?? null, leftOut, held);
      if (planned) found.push(planned);
    });
  }
  return { planned: leaveOutDependencies(found, leftOut), leftOut: [...leftOut.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

async function findHeld(changes: TreeChange[], leftOut: Map<string, LeftOut>, holds: (path: string) => Promise<boolean>) {
  const inside = changes.filter(({ path }) => isWithin(path, leftOut));
  const folders = new Set(inside.flatMap(({ path }) => ancestors(path).filter((folder) => leftOut.has(folder))));
  for (const folder of folders) if (!(await holds(folder))) folders.delete(folder);
  const held = new Set<string>();
  for (const { path } of inside) if (isWithin(path, folders) && (await holds(path))) held.add(path);
  return held;
}

async function statSource(change: TreeChange): Promise<Stats | null> {
  return 'source' in change ? lstat(change.source) : null;
}

function planChange(change: TreeChange, stats: Stats | null, leftOut: Map<string, LeftOut>, held: Set<string>): Planned | null {
  const { path } = change;
  if (isWithin(path, leftOut) && !held.has(path)) return null;
  if (change.kind === 'unstorable') return leave(leftOut, path, 'unstorable', null);
  const fault = findPathFault(path);
  if (fault) return change.kind === 'deleted' ? null : leave(leftOut, fault.path, fault.reason, stats);
  if (change.kind === 'deleted') return { kind: 'remove', path };
  if (stats?.isDirectory()) return { kind: 'folder', path, mode: stats.mode & permissionBits, cleared: change.cleared ?? false };
  if (stats?.isSymbolicLink() && !isReservedLink(path)) return { kind: 'symlink', path, source: change.source };
  if (!stats?.isFile()) return leave(leftOut, path, 'unstorable', null);
  if (stats.size > fileCapBytes) return leave(leftOut, path, 'too-large', stats);
  return { kind: 'file', path, source: change.source, mode: stats.mode & permissionBits, size: stats.size };
}

/** The checkpoint holds nothing at a path that is left out, so an older file there leaves the commit too. */
function leave(leftOut: Map<string, LeftOut>, path: string, reason: LeftOut['reason'], stats: Stats | null): Planned {
  const known = leftOut.get(path);
  const isFile = stats?.isFile() ?? false;
  leftOut.set(path, {
    path,
    reason,
    bytes: (known?.bytes ?? 0) + (isFile ? (stats?.size ?? 0) : 0),
    files: (known?.files ?? 0) + Number(isFile),
  });
  return { kind: 'remove', path };
}

function leaveOutDependencies(planned: Planned[], leftOut: Map<string, LeftOut>): Planned[] {
  const folders = new Map<string, { files: number; bytes: number }>();
  const folderOf = (change: Planned) => {
    const names = change.path.split('/');
    const at = names.findIndex((name, index) => dependencyFolders.has(name) && (index < names.length - 1 || change.kind === 'folder'));
    return at < 0 ? null : names.slice(0, at + 1).join('/');
  };
  for (const change of planned) {
    const folder = change.kind === 'file' ? folderOf(change) : null;
    if (change.kind !== 'file' || folder === null) continue;
    const sum = folders.get(folder) ?? { files: 0, bytes: 0 };
    folders.set(folder, { files: sum.files + 1, bytes: sum.bytes + change.size });
  }
  const over = new Map([...folders].filter(([, sum]) => sum.files > dependencyCap.files || sum.bytes > dependencyCap.bytes));
  if (over.size === 0) return planned;
  for (const [path, sum] of over) leftOut.set(path, { path, reason: 'dependency-folder', ...sum });
  const kept = planned.filter((change) => !over.has(folderOf(change) ?? ''));
  return [...kept, ...[...over.keys()].map((path): Planned => ({ kind: 'remove', path }))];
}
