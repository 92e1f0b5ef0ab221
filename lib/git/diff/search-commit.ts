import { GitError, runGit } from '../store/run-git.ts';

/** A line of a file that holds a text. `line` counts from 1. */
export type LineMatch = { path: string; line: number; text: string };

const keepBytes = 256 * 1024;

/**
 * Lines of the text files of a commit that hold `text`, letter case aside, at most three of a file and about `limit` in all. Stops when `signal` aborts:
 * then what was found so far is lost and it rejects.
 */
export async function searchLinesAt(input: {
  store: string;
  commit: string;
  text: string;
  limit: number;
  signal?: AbortSignal;
}): Promise<LineMatch[]> {
  const options = ['--no-color', '--full-name', '-I', '-i', '-F', '-n', '-z', '--max-count=3', '--no-textconv', '--no-recurse-submodules'];
  const args = ['grep', ...options, '-e', input.text, input.commit];
  const output = await runGit({ store: input.store, args, keepBytes, signal: input.signal }).catch(nothingFound);
  return output
    .toString()
    .split('\n')
    .slice(0, input.limit)
    .flatMap((found) => {
      const [place = '', line = '', text] = found.split('\0', 3);
      return text === undefined ? [] : [{ path: place.slice(input.commit.length + 1), line: Number(line), text: text.slice(0, 2_000) }];
    });
}

/** `git grep` ends with 1 when nothing matches. */
function nothingFound(error: unknown): Buffer {
  if (error instanceof GitError && error.exitCode === 1) return Buffer.alloc(0);
  throw error;
}
