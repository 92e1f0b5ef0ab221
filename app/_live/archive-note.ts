import type { ArchiveMark } from './thread-list-store.ts';

/** What is said of the thread that was archived or brought back last; `failed`: it was not, after all. */
export type ArchiveNote = { mark: ArchiveMark; failed: boolean };

/** A thread that was brought back is in sight again: nothing is left to say. */
export function noteOfMark(mark: ArchiveMark): ArchiveNote | null {
  return mark.archived ? { mark, failed: false } : null;
}

/** What is said once `mark` could not be kept. What was archived since keeps its place, and with it its way back. */
export function noteOfFailure(note: ArchiveNote | null, mark: ArchiveMark): ArchiveNote | null {
  const isItsPlace = mark.archived ? note?.mark === mark : note === null;
  return isItsPlace ? { mark, failed: true } : note;
}

/** Nothing is left to say of a thread that stands in the list, though it could not be brought back: its archiving has failed, too. */
export function noteToShow(note: ArchiveNote | null, listed: readonly { id: string }[]): ArchiveNote | null {
  const isBack = note?.failed && !note.mark.archived && listed.some(({ id }) => id === note.mark.row.id);
  return isBack ? null : note;
}
