import type { FileChange } from '#lib/core/change.ts';

/** Whether some of a file's change can stay without the rest. A change of one line has one part: itself. */
export function mayHaveParts({ binary, status, additions, deletions }: FileChange): boolean {
  return !binary && (status === 'modified' || status === 'renamed') && additions + deletions > 1;
}
