import { type ChangeSummary, type FileChange, type LeftOut, listedFilesLimit } from '#lib/core/change.ts';
import { ancestors } from '../objects/tree-path.ts';
import { modesByPath, type TreeTrailer } from '../objects/tree-trailer.ts';
import type { CommitChange } from './list-changes.ts';

/** What lies between two commits, in short: counts are whole, files are listed up to `listedFilesLimit`. */
export function summarizeChanges(changes: CommitChange[], before: TreeTrailer, after: TreeTrailer, leftOut: LeftOut[]): ChangeSummary {
  const all = withTrailers(changes, before, after);
  return {
    files: all.slice(0, listedFilesLimit),
    fileCount: all.length,
    deletedCount: all.filter(({ status }) => status === 'deleted').length,
    additions: all.reduce((sum, { additions }) => sum + additions, 0),
    deletions: all.reduce((sum, { deletions }) => sum + deletions, 0),
    leftOut,
  };
}

/** What git sees and what the trailers add, each path once. */
export function withTrailers(changes: CommitChange[], before: TreeTrailer, after: TreeTrailer): FileChange[] {
  const files = new Map<string, FileChange>();
  for (const { oldMode: _oldMode, mode: _mode, oldOid: _oldOid, oid: _oid, ...change } of changes) files.set(change.path, change);
  for (const change of [...folderChanges(changes, before, after), ...modeChanges(before, after)])
    if (!files.has(change.path)) files.set(change.path, change);
  return [...files.values()];
}

/** Empty folders that git does not hold. One that is only left empty, or filled, was there before and is no change of its own. */
function folderChanges(changes: CommitChange[], before: TreeTrailer, after: TreeTrailer): FileChange[] {
  const made = except(after.empty, before.empty);
  const gone = except(before.empty, after.empty);
  if (made.length + gone.length === 0) return [];
  const emptied = changes.flatMap(({ path, oldPath, status }) => (status === 'deleted' ? [path] : oldPath ? [oldPath] : []));
  const filled = changes.flatMap(({ path, status }) => (status === 'deleted' ? [] : [path]));
  return [
    ...except(made, [...emptied, ...before.empty].flatMap(ancestors)).map((path) => plainChange(path, 'added')),
    ...except(gone, [...filled, ...after.empty].flatMap(ancestors)).map((path) => plainChange(path, 'deleted')),
  ];
}

/** Modes that git does not hold. */
function modeChanges(before: TreeTrailer, after: TreeTrailer): FileChange[] {
  const [oldModes, newModes] = [modesByPath(before), modesByPath(after)];
  const paths = [...new Set([...oldModes.keys(), ...newModes.keys()])];
  return paths.filter((path) => oldModes.get(path) !== newModes.get(path)).map((path) => plainChange(path, 'mode'));
}

function except(paths: string[], others: string[]): string[] {
  const known = new Set(others);
  return paths.filter((path) => !known.has(path));
}

/** A change without lines. */
function plainChange(path: string, status: FileChange['status']): FileChange {
  return { path, status, additions: 0, deletions: 0, binary: false };
}
