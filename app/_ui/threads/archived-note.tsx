'use client';

import { useEffect, useState } from 'react';
import { type ArchiveNote, noteToShow } from '../../_live/archive-note.ts';
import { Button } from '../base/button.tsx';
import { useThreadListActions, useThreads } from './threads-context.tsx';

/** Says that a thread was just archived, and brings it back, with the focus; or that one of the two could not be. */
export function ArchivedNote() {
  const { archived, mark } = useThreadListActions();
  const rows = useThreads();
  const note = noteToShow(archived, rows);
  const [returning, setReturning] = useState<string | null>(null);

  useEffect(() => {
    if (!rows.some(({ id }) => id === returning)) return;
    setReturning(null);
    if (document.activeElement !== document.body) return;
    for (const link of document.querySelectorAll<HTMLElement>(`a[href="/threads/${returning}"]`)) link.focus();
  }, [rows, returning]);

  function press({ mark: { row, archived }, failed }: ArchiveNote): void {
    const isWanted = failed ? archived : !archived;
    mark({ row, archived: isWanted });
    setReturning(isWanted ? null : row.id);
  }

  return (
    <div role="status">
      {note && (
        <div className="mb-2 flex items-center gap-2 rounded-control bg-sunken pl-4 text-sm">
          <p className="min-w-0 flex-1">{wordsOf(note)}</p>
          <Button look="quiet" onClick={() => press(note)}>
            {note.failed ? 'Try again' : 'Undo'}
          </Button>
        </div>
      )}
    </div>
  );
}

function wordsOf({ mark, failed }: ArchiveNote): string {
  if (!failed) return 'Archived.';
  return mark.archived ? 'This could not be archived.' : 'This could not be brought back.';
}
