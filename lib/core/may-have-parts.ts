import type { FileChange } from './change.ts';

/** Whether some of a file's change may stay without the rest, as far as its counts tell: a change of one line is one part, any other may be. */
export function mayHaveParts({ status, binary, additions, deletions }: FileChange): boolean {
  return !binary && (status === 'modified' || status === 'renamed') && additions + deletions > 1;
}
