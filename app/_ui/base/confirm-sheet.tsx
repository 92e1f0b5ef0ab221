'use client';

import { type ReactNode, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { rowBeside } from './row-beside.ts';
import { Sheet } from './sheet.tsx';
import { useAction } from './use-action.ts';

type ConfirmSheetProps = {
  title: string;
  /** What goes with it. */
  children: ReactNode;
  /** What the press is called, in a word or two. */
  word: string;
  onConfirm(): Promise<unknown>;
  onClose(): void;
};

/** Asks before what cannot be taken back. It stays until that is done, or says why it could not be. */
export function ConfirmSheet({ title, children, word, onConfirm, onClose }: ConfirmSheetProps) {
  const { busy, failure, act } = useAction();

  const [findBeside] = useState(rowBeside);
  const isDone = useRef(false);

  async function confirm(): Promise<void> {
    if (!(await act(onConfirm))) return;
    isDone.current = true;
    onClose();
  }

  return (
    <Sheet
      title={title}
      onClose={onClose}
      nextFocus={() => (isDone.current ? findBeside() : null)}
      actions={
        <Button look="danger" busy={busy} onClick={confirm} className="w-full">
          {word}
        </Button>
      }
    >
      <div className="space-y-3">
        <p className="contained text-sm">{children}</p>
        {failure && <Notice>{failure}</Notice>}
      </div>
    </Sheet>
  );
}
