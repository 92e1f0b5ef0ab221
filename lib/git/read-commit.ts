import { GitError, runGit } from './run-git.ts';

export type Commit = { commit: string; tree: string; parents: string[]; message: string };

/** A commit by its id. Throws GitError when the store has no such commit. */
export async function readCommit(store: string, commit: string): Promise<Commit> {
  if (!/^[0-9a-f]{40}$/.test(commit)) throw new GitError('cat-file', null, `not a commit id: ${commit.slice(0, 80)}`);
  const text = (await runGit({ store, args: ['cat-file', 'commit', commit] })).toString();
  const split = text.indexOf('\n\n');
  const headers = text.slice(0, split).split('\n');
  const values = (name: string) => headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  return { commit, tree: values('tree')[0] ?? '', parents: values('parent'), message: text.slice(split + 2) };
}
