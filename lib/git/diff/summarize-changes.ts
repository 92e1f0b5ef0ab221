import { type ChangeSummary, type FileChange, type LeftOut, listedFilesLimit } from '#lib/core/change.ts';
import { modesByPath, type TreeTrailer } from '../objects/tree-trailer.ts';
import type { CommitChange } from './list-changes.ts';

/** What lies between two commits: what git sees and what the trailers add. Counts are whole, files are listed up to `listedFilesLimit`. */
export function summarizeChanges(changes: CommitChange[], before: TreeTrailer, after: TreeTrailer, leftOut: LeftOut[]): ChangeSummary {
  const files = new Map<string, FileChange>();
  for (const { oldMode: _oldMode, mode: _mode, oldOid: _oldOid, oid: _oid, ...change } of changes) files.set(change.path, change);
  for (const change of trailerChanges(before, after)) if (!files.has(change.path)) files.set(change.path, change);
  const all = [...files.values()];
  return {
    files: all.slice(0, listedFilesLimit),
    fileCount: all.length,
    deletedCount: all.filter(({ status }) => status === 'deleted').length,
    additions: all.reduce((sum, { additions }) => sum + additions, 0),
    deletions: all.reduce((sum, { deletions }) => sum + deletions, 0),
    leftOut,
  };
}

/** Empty folders and modes that git does not hold. */
function trailerChanges(before: TreeTrailer, after: TreeTrailer): FileChange[] {
  const change = (path: string, status: FileChange['status']): FileChange => ({ path, status, additions: 0, deletions: 0, binary: false });
  const [oldFolders, newFolders] = [new Set(before.empty), new Set(after.empty)];
  const [oldModes, newModes] = [modesByPath(before), modesByPath(after)];
  const paths = [...new Set([...oldModes.keys(), ...newModes.keys()])];
  return [
    ...after.empty.filter((path) => !oldFolders.has(path)).map((path) => change(path, 'added')),
    ...before.empty.filter((path) => !newFolders.has(path)).map((path) => change(path, 'deleted')),
    ...paths.filter((path) => oldModes.get(path) !== newModes.get(path)).map((path) => change(path, 'mode')),
  ];
}
