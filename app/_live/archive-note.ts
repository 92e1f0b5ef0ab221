import type { ArchiveMark } from './thread-list-store.ts';

/** What is said of the thread that was archived or brought back last; `failed`: it was not, after all. */
export type ArchiveNote = { mark: ArchiveMark; failed: boolean };

/** A thread that was brought back is in sight again: nothing is left to say. */
export function noteOfMark(mark: ArchiveMark): ArchiveNote | null {
  return mark.archived ? { mark, failed: false } : null;
}

/**
 * What is said once `mark` could not be kept. What was archived since keeps its place, and with it its way back; of a thread that was never gone from the
 * list nothing is to be brought back.
 */
export function noteOfFailure(note: ArchiveNote | null, mark: ArchiveMark, listed: readonly { id: string }[]): ArchiveNote | null {
  const isItsPlace = mark.archived ? note?.mark === mark : note === null && !listed.some(({ id }) => id === mark.row.id);
  return isItsPlace ? { mark, failed: true } : note;
}
