'use client';

import { Trash2 } from 'lucide-react';
import { request } from '../../_live/request.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { useAction } from './use-action.ts';

/** `quiet`: only its sign, for a row of a list. */
type DeleteButtonProps = { quiet?: boolean; label: string; warning: string; path: string; onDeleted(): void };

/** Deletes for good what stands at `path` of the API, once the person has read what goes with it. */
export function DeleteButton({ quiet = false, label, warning, path, onDeleted }: DeleteButtonProps) {
  const { busy, failure, act } = useAction();

  async function remove(): Promise<void> {
    if (!confirm(warning)) return;
    await request(path, { method: 'DELETE' });
    onDeleted();
  }

  return (
    <>
      <Button look={quiet ? 'quiet' : 'danger'} busy={busy} onClick={() => act(remove)} aria-label={label}>
        <Trash2 className="size-4" aria-hidden />
        {!quiet && 'Delete'}
      </Button>
      {failure && <Notice>{failure}</Notice>}
    </>
  );
}
