import { describe, expect, it } from 'vitest';
import { noteOfFailure, noteOfMark, noteToShow } from './archive-note.ts';
import type { ThreadRow } from './thread-row.ts';

const markOf = (id: string, archived: boolean) => ({ row: { id } as ThreadRow, archived });

describe('the note of what was archived last', () => {
  it('offers it back, until it is', () => {
    const mark = markOf('a', true);
    expect(noteOfMark(mark)).toEqual({ mark, failed: false });
    expect(noteOfMark(markOf('a', false))).toBeNull();
  });

  it('says that it could not be archived, or not be brought back', () => {
    for (const archived of [true, false]) {
      const mark = markOf('a', archived);
      expect(noteOfFailure(noteOfMark(mark), mark)).toEqual({ mark, failed: true });
    }
  });

  it('stays that of another one that was archived meanwhile', () => {
    const other = noteOfMark(markOf('b', true));
    expect(noteOfFailure(other, markOf('a', true))).toBe(other);
    expect(noteOfFailure(other, markOf('a', false))).toBe(other);
  });

  it('says nothing of an archiving that failed after it was undone, and archived anew', () => {
    const first = markOf('a', true);
    expect(noteOfFailure(noteOfMark(markOf('a', false)), first)).toBeNull();
    const anew = noteOfMark(markOf('a', true));
    expect(noteOfFailure(anew, first)).toBe(anew);
  });

  it('says nothing of a thread that stands in the list, though it could not be brought back: its archiving had failed, too', () => {
    const failed = noteOfFailure(null, markOf('a', false));
    expect(noteToShow(failed, [{ id: 'a' }])).toBeNull();
    expect(noteToShow(failed, [{ id: 'b' }])).toBe(failed);
    const undoable = noteOfMark(markOf('a', true));
    expect(noteToShow(undoable, [{ id: 'a' }])).toBe(undoable);
  });
});
