import { type ObjectReader, openObjectReader } from './object-reader.ts';
import { GitError } from './run-git.ts';
import { readTrailer, type TreeTrailer } from './tree-trailer.ts';

export type Commit = { commit: string; tree: string; message: string };

/** A commit by its id. Throws GitError when the store has no such commit. */
export async function readCommit(source: string | ObjectReader, commit: string): Promise<Commit> {
  if (typeof source === 'string') {
    await using reader = openObjectReader(source);
    return await readCommit(reader, commit);
  }
  const object = /^[0-9a-f]{40}$/.test(commit) ? await source.read(commit) : null;
  if (object?.type !== 'commit') throw new GitError('cat-file', null, `no such commit: ${commit.slice(0, 80)}`);
  const text = object.bytes.toString();
  return { commit, tree: text.slice('tree '.length, text.indexOf('\n')), message: text.slice(text.indexOf('\n\n') + 2) };
}

export async function readTrailers(reader: ObjectReader, from: string, to: string): Promise<[before: TreeTrailer, after: TreeTrailer]> {
  const before = await readCommit(reader, from);
  return [readTrailer(before.message), readTrailer((await readCommit(reader, to)).message)];
}
