import { Errors, readCommit as readGitCommit } from 'isomorphic-git';
import { GitError } from '../store/run-git.ts';
import { objectsOf } from './read-objects.ts';
import { readTrailer, type TreeTrailer, writeTrailer } from './tree-trailer.ts';

export type Commit = { commit: string; tree: string; parent: string | null; message: string };

/** A commit by its id. Throws GitError when the store has no such commit. */
export async function readCommit(store: string, commit: string): Promise<Commit> {
  const unknown = () => new GitError('read-commit', null, `no such commit: ${commit.slice(0, 80)}`);
  if (!/^[0-9a-f]{40}$/.test(commit)) throw unknown();
  try {
    const { oid, commit: read } = await readGitCommit({ ...objectsOf(store), oid: commit });
    return { commit: oid, tree: read.tree, parent: read.parent[0] ?? null, message: read.message };
  } catch (error) {
    if (error instanceof Errors.NotFoundError || error instanceof Errors.ObjectTypeError) throw unknown();
    throw error;
  }
}

/** Whether two commits make the same tree on disk; what they leave out does not count. */
export async function haveSameFiles(store: string, one: string, other: string): Promise<boolean> {
  const pictures = [one, other].map(async (id) => {
    const { tree, message } = await readCommit(store, id);
    return `${tree} ${writeTrailer('', { ...readTrailer(message), leftOut: [] })}`;
  });
  const [left, right] = await Promise.all(pictures);
  return left === right;
}

/** What two commits say beside their trees. */
export async function readTrailers(store: string, from: string, to: string): Promise<[before: TreeTrailer, after: TreeTrailer]> {
  const [before, after] = await Promise.all([readCommit(store, from), readCommit(store, to)]);
  return [readTrailer(before.message), readTrailer(after.message)];
}
