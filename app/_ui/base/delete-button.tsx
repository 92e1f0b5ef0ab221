'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { sendDelete } from '../../_live/send-delete.ts';
import { Button } from './button.tsx';
import { ConfirmSheet } from './confirm-sheet.tsx';

/** `label`: what is deleted, in words of its own. `quiet`: only its sign, for a row of a list. */
type DeleteButtonProps = { quiet?: boolean; label: string; warning: string; path: string; onDeleted(): void };

/** Deletes for good what stands at `path` of the API, once the person has read what goes with it. */
export function DeleteButton({ quiet = false, label, warning, path, onDeleted }: DeleteButtonProps) {
  const [asking, setAsking] = useState(false);

  async function remove(): Promise<void> {
    await sendDelete(path);
    onDeleted();
  }

  return (
    <>
      <Button look={quiet ? 'quiet' : 'danger'} onClick={() => setAsking(true)} aria-label={label} aria-haspopup="dialog">
        <Trash2 className="size-4" aria-hidden />
        {!quiet && 'Delete'}
      </Button>
      {asking && (
        <ConfirmSheet title={label} word="Delete for good" onConfirm={remove} onClose={() => setAsking(false)}>
          {warning}
        </ConfirmSheet>
      )}
    </>
  );
}
