'use client';

import { useEffect, useState } from 'react';
import { Button } from '../base/button.tsx';
import { useThreadListActions, useThreads } from './threads-context.tsx';

/** Says that a thread was just archived, and brings it back, with the focus; or that it could not be. */
export function ArchivedNote() {
  const { archived, mark } = useThreadListActions();
  const rows = useThreads();
  const [returning, setReturning] = useState<string | null>(null);

  useEffect(() => {
    if (!rows.some(({ id }) => id === returning)) return;
    setReturning(null);
    if (document.activeElement !== document.body) return;
    for (const link of document.querySelectorAll<HTMLElement>(`a[href="/threads/${returning}"]`)) link.focus();
  }, [rows, returning]);

  return (
    <div role="status">
      {archived && (
        <div className="mb-2 flex items-center gap-2 rounded-control bg-sunken pl-4 text-sm">
          <p className="min-w-0 flex-1">{archived.failed ? 'This could not be archived.' : 'Archived.'}</p>
          <Button
            look="quiet"
            onClick={() => {
              mark({ row: archived.row, archived: archived.failed });
              setReturning(archived.failed ? null : archived.row.id);
            }}
          >
            {archived.failed ? 'Try again' : 'Undo'}
          </Button>
        </div>
      )}
    </div>
  );
}
