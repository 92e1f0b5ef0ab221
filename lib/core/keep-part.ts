import type { FileChange } from './change.ts';
import type { ApprovalState, GivenAnswer } from './state.ts';

/** Whether some of a file's change may stay without the rest, as far as its counts tell: a change of one line is one part, any other may be. */
export function mayHaveParts({ status, binary, additions, deletions }: FileChange): boolean {
  return !binary && (status === 'modified' || status === 'renamed') && additions + deletions > 1;
}

/** Whether some of what an effect made may stay without the rest, as far as its counts tell. */
export function mayKeepPart({ kind, action: { effect } }: ApprovalState): boolean {
  if ((kind !== 'effect' && kind !== 'turn') || !effect) return false;
  const { files, fileCount } = effect.changes;
  return fileCount > 1 || files.some(mayHaveParts);
}

/** Whether a person keeps only some of what an effect made. */
export function keepsPart({ answer }: { answer?: GivenAnswer }): boolean {
  return answer?.keepPaths !== undefined || answer?.dropHunks !== undefined;
}
