import type { LeftOut } from '#lib/core/change.ts';
import type { Planned } from '../commit/plan-changes.ts';
import { ancestors, isWithin } from './tree-path.ts';
import { groupModes, modesByPath, type TreeTrailer } from './tree-trailer.ts';

/**
 * The trailer of a commit that makes these changes on a tree with trailer `before`. `holdsFiles` says whether the new tree has
 * tracked files below a folder.
 */
export async function nextTrailer(
  before: TreeTrailer,
  planned: Planned[],
  leftOut: LeftOut[],
  holdsFiles: (folder: string) => Promise<boolean>,
): Promise<TreeTrailer> {
  const gone = new Set(planned.filter((change) => change.kind !== 'folder' || change.cleared).map(({ path }) => path));
  const filled = new Set(planned.filter(({ kind }) => kind === 'file' || kind === 'symlink').flatMap(({ path }) => ancestors(path)));
  const made = new Set(planned.filter(({ kind }) => kind === 'folder').map(({ path }) => path));
  const emptied = planned
    .filter(({ kind }) => kind === 'remove')
    .map(({ path }) => ancestors(path)[0])
    .filter((folder) => folder !== undefined && !isWithin(folder, gone));
  const candidates = [...new Set([...made, ...emptied.filter((folder) => folder !== undefined)])].filter((folder) => !filled.has(folder));
  const holds = await Promise.all(candidates.map(holdsFiles));
  const kept = before.empty.filter((folder) => !isWithin(folder, gone) && !filled.has(folder));
  return {
    empty: leaves([...kept, ...candidates.filter((_, index) => !holds[index])]),
    modes: nextModes(modesByPath(before), planned, gone),
    leftOut,
  };
}

function leaves(folders: string[]): string[] {
  const inner = new Set(folders.flatMap(ancestors));
  return [...new Set(folders)].filter((folder) => !inner.has(folder)).sort();
}

function nextModes(modes: Map<string, number>, planned: Planned[], gone: Set<string>): TreeTrailer['modes'] {
  for (const path of modes.keys()) if (isWithin(path, gone)) modes.delete(path);
  for (const change of planned) {
    if (change.kind !== 'file' && change.kind !== 'folder') continue;
    if (change.mode === plainMode(change)) modes.delete(change.path);
    else modes.set(change.path, change.mode);
  }
  return groupModes(modes);
}

function plainMode(change: Extract<Planned, { mode: number }>): number {
  return change.kind === 'folder' || isExecutable(change.mode) ? 0o755 : 0o644;
}

/** Whether the owner may run it, which is all that git keeps of a mode. */
export function isExecutable(mode: number): boolean {
  return (mode & 0o100) !== 0;
}
