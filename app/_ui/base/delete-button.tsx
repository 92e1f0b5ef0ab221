'use client';

import { Trash2 } from 'lucide-react';
import { request } from '../../_live/request.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { useAction } from './use-action.ts';

type DeleteButtonProps = { label: string; warning: string; path: string; onDeleted(): void };

/** Deletes for good what stands at `path` of the API, once the person has read what goes with it. */
export function DeleteButton({ label, warning, path, onDeleted }: DeleteButtonProps) {
  const { busy, failure, act } = useAction();

  async function remove(): Promise<void> {
    if (!confirm(warning)) return;
    await request(path, { method: 'DELETE' });
    onDeleted();
  }

  return (
    <>
      <Button look="danger" busy={busy} onClick={() => act(remove)} aria-label={label}>
        <Trash2 className="size-4" aria-hidden />
        Delete
      </Button>
      {failure && <Notice>{failure}</Notice>}
    </>
  );
}
