import type { ChangeSummary, PartPlace } from '#lib/core/change.ts';
import { type CommitChange, listChanges } from '../diff/list-changes.ts';
import { summarizeChanges } from '../diff/summarize-changes.ts';
import { withoutHunks } from '../diff/without-hunks.ts';
import { readCommit } from '../objects/read-commit.ts';
import { ancestors } from '../objects/tree-path.ts';
import { groupModes, modesByPath, readTrailer, type TreeTrailer, writeTrailer } from '../objects/tree-trailer.ts';
import { emptyTree, openCommitImporter } from '../store/commit-importer.ts';

/**
 * `paths` are paths of the changes between the two commits, all of them without it; a renamed file goes by its new one. `dropHunks` are some, not
 * all, of the hunks of those that are a file on both sides.
 */
export type PartInput = {
  store: string;
  parentCommit: string;
  commit: string;
  paths?: string[];
  dropHunks?: PartPlace[];
  message: string;
  author: { name: string; email: string };
  at: Date;
};

/** A commit that nothing points at yet: the parent with only these of the changes that `commit` makes on it, byte for byte. */
export async function commitPart(input: PartInput): Promise<{ commit: string; summary: ChangeSummary }> {
  const { store, parentCommit, message, author, at, dropHunks = [] } = input;
  const [parent, whole, changes] = await Promise.all([
    readCommit(store, parentCommit),
    readCommit(store, input.commit),
    listChanges({ store, from: parentCommit, to: input.commit }),
  ]);
  const wanted = input.paths && new Set(input.paths);
  const kept = changes.filter(({ path }) => !wanted || wanted.has(path));
  const dropped = Map.groupBy(dropHunks, ({ path }) => path);
  const gone = kept.flatMap(({ path, oldPath, status }) => [...(status === 'deleted' ? [path] : []), ...(oldPath ? [oldPath] : [])]);
  const before = readTrailer(parent.message);
  await using importer = openCommitImporter(store);
  const head = { message: 'draft', author, at, parent: parentCommit };
  importer.begin(head);
  for (const path of gone) importer.remove(path);
  for (const { path, oldPath = path, status, mode, oid } of kept) {
    const hunks = dropped.get(path)?.map(({ hunk }) => hunk);
    if (hunks) {
      const bytes = await withoutHunks({ store, from: parentCommit, to: input.commit, now: input.commit, path, oldPath, hunks });
      if (!bytes) throw new Error('A hunk to leave out is none of the change.');
      await importer.putBytes(path, mode, bytes);
    } else if (status !== 'deleted') importer.putObject(path, mode, oid);
  }
  const holds = async (path: string) => (await importer.find(path)) !== null;
  const trailer = wanted
    ? await partTrailer(before, readTrailer(whole.message), { wanted, kept, gone, holds })
    : { ...readTrailer(whole.message), leftOut: before.leftOut };
  const tree = (await importer.find(''))?.oid ?? emptyTree;
  const commit = await importer.finish({ head: { ...head, message: writeTrailer(message, trailer) }, tree });
  if (!commit) throw new Error('git fast-import gave no commit.');
  return {
    commit,
    summary: summarizeChanges(await listChanges({ store, from: parentCommit, to: commit }), before, trailer, before.leftOut),
  };
}

type Part = { wanted: Set<string>; kept: CommitChange[]; gone: string[]; holds: (path: string) => Promise<boolean> };

/** Modes and empty folders of the wanted paths as the whole has them, of all others as they were. */
async function partTrailer(before: TreeTrailer, whole: TreeTrailer, { wanted, kept, gone, holds }: Part): Promise<TreeTrailer> {
  const [modes, wholeModes] = [modesByPath(before), modesByPath(whole)];
  for (const path of [...gone, ...wanted]) {
    const mode = wholeModes.get(path);
    if (mode === undefined) modes.delete(path);
    else modes.set(path, mode);
  }
  const wholeEmpty = new Set(whole.empty);
  const filled = new Set(kept.flatMap(({ path, status }) => (status === 'deleted' ? [] : ancestors(path))));
  const emptied = gone.flatMap((path) => ancestors(path).slice(0, 1));
  const candidates = [
    ...before.empty.filter((path) => !filled.has(path) && (!wanted.has(path) || wholeEmpty.has(path))),
    ...whole.empty.filter((path) => wanted.has(path)),
    ...emptied,
  ];
  const empty: string[] = [];
  for (const path of new Set(candidates)) if (!(await holds(path))) empty.push(path);
  const inner = new Set(empty.flatMap(ancestors));
  return { empty: empty.filter((path) => !inner.has(path)).sort(), modes: groupModes(modes), leftOut: before.leftOut };
}
