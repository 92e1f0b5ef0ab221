import { runGit } from './run-git.ts';

/** `at` is an ISO instant; `author` a name. */
export type LogEntry = { commit: string; at: string; author: string; subject: string };

/** The history of a commit, newest first. */
export async function commitLog({ store, commit, limit }: { store: string; commit: string; limit: number }): Promise<LogEntry[]> {
  const output = await runGit({
    store,
    args: ['log', '-z', '--no-show-signature', `--max-count=${limit}`, '--format=%H%x09%aI%x09%an%x09%s', '--end-of-options', commit],
  });
  return output
    .toString()
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [id = '', at = '', author = '', ...subject] = line.split('\t');
      return { commit: id, at, author, subject: subject.join('\t') };
    });
}
