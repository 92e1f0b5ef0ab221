'use client';

import { Button } from '../base/button.tsx';
import { useThreadListActions } from './threads-context.tsx';

/** Says that a thread was just archived, and brings it back; or that it could not be. */
export function ArchivedNote() {
  const { archived, mark } = useThreadListActions();
  return (
    <div role="status">
      {archived && (
        <div className="mb-2 flex items-center gap-2 rounded-control bg-sunken pl-4 text-sm">
          <p className="min-w-0 flex-1">{archived.failed ? 'This could not be archived.' : 'Archived.'}</p>
          <Button look="quiet" onClick={() => mark(archived, { archived: archived.failed })}>
            {archived.failed ? 'Try again' : 'Undo'}
          </Button>
        </div>
      )}
    </div>
  );
}
