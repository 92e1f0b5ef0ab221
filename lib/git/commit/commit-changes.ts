import type { ChangeSummary, LeftOut } from '#lib/core/change.ts';
import { listChanges } from '../diff/list-changes.ts';
import { summarizeChanges } from '../diff/summarize-changes.ts';
import { isExecutable, nextTrailer } from '../objects/next-trailer.ts';
import { readCommit } from '../objects/read-commit.ts';
import { ancestors } from '../objects/tree-path.ts';
import { readTrailer, writeTrailer } from '../objects/tree-trailer.ts';
import { type CommitHead, type CommitImporter, emptyTree, openCommitImporter } from '../store/commit-importer.ts';
import { type Planned, planChanges } from './plan-changes.ts';
import type { TreeChange } from './tree-change.ts';

/**
 * `parentCommit: null` starts a history. `leftOutBefore`: paths that lie in the tree and that no checkpoint holds. `baseCommit`: whose tree the
 * changes are of, where that is not the parent's: an overlay that stayed open over several checkpoints.
 */
export type CommitInput = {
  store: string;
  parentCommit: string | null;
  baseCommit?: string;
  changes: TreeChange[];
  message: string;
  author: { name: string; email: string };
  at: Date;
  leftOutBefore: LeftOut[];
  signal?: AbortSignal;
};

/**
 * Writes a commit that nothing points at yet: the parent's tree with these changes. Costs what changed, not what the tree weighs. A change of a
 * `folder` says that the folder is there; what is in it is listed by itself. `changed: false` gives the parent back. On disk when it returns.
 * Rejects once `signal` says so, however much is left to write.
 */
export async function commitChanges(input: CommitInput): Promise<{ commit: string; changed: boolean; summary: ChangeSummary }> {
  const { store, parentCommit, baseCommit = parentCommit, message, author, at, signal } = input;
  await using importer = openCommitImporter(store, signal);
  const head: CommitHead = { message: 'draft', author, at, parent: parentCommit };
  importer.begin({ ...head, parent: baseCommit });
  const holds = async (path: string) => (await importer.find(path)) !== null;
  const [parent, base, { planned, leftOut }] = await Promise.all([
    parentCommit ? readCommit(store, parentCommit) : null,
    baseCommit ? readCommit(store, baseCommit) : null,
    planChanges(input.changes, input.leftOutBefore, holds, signal),
  ]);
  await putChanges(importer, planned);
  const before = readTrailer(parent?.message ?? '');
  const trailer = await nextTrailer(readTrailer(base?.message ?? ''), planned, leftOut, holds);
  const root = (await importer.find(''))?.oid ?? emptyTree;
  if (parentCommit && root === parent?.tree && writeTrailer('', before) === writeTrailer('', trailer)) {
    await importer.finish();
    return { commit: parentCommit, changed: false, summary: summarizeChanges([], before, trailer, leftOut) };
  }
  const commit = await importer.finish({ head: { ...head, message: writeTrailer(message, trailer) }, tree: root });
  if (!commit) throw new Error('git fast-import gave no commit.');
  const written = await listChanges({ store, from: parentCommit, to: commit });
  return { commit, changed: true, summary: summarizeChanges(written, before, trailer, leftOut) };
}

/** Removals first: what takes the place of a removed path must not go with it. */
async function putChanges(importer: CommitImporter, planned: Planned[]): Promise<void> {
  const filled = new Set(planned.filter(({ kind }) => kind === 'file' || kind === 'symlink').flatMap(({ path }) => ancestors(path)));
  for (const change of planned) {
    if (change.kind === 'remove' || (change.kind === 'folder' && change.cleared)) importer.remove(change.path);
  }
  const folders = planned.filter((change) => change.kind === 'folder' && !filled.has(change.path));
  const found = await Promise.all(folders.map(({ path }) => importer.find(path)));
  for (const [index, { path }] of folders.entries()) if (found[index]?.type === 'blob') importer.remove(path);
  for (const change of planned) {
    if (change.kind === 'file') await importer.putFile(change.path, change.source, isExecutable(change.mode));
    if (change.kind === 'symlink') await importer.putSymlink(change.path, change.source);
  }
}
