'use client';

import { useId, useState } from 'react';
import { Button } from '../base/button.tsx';

type AnswerNoteProps = { label: string; busy: boolean; onSend(note: string): void; onBack(): void };

/** The words that go with a Modify. */
export function AnswerNote({ label, busy, onSend, onBack }: AnswerNoteProps) {
  const [note, setNote] = useState('');
  const noteId = useId();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSend(note);
      }}
      className="space-y-2"
    >
      <label htmlFor={noteId} className="font-medium text-sm">
        {label}
      </label>
      <textarea
        id={noteId}
        // biome-ignore lint/a11y/noAutofocus: the field was asked for with the press before
        autoFocus
        rows={3}
        value={note}
        maxLength={20_000}
        onChange={(event) => setNote(event.target.value)}
        className="block w-full resize-none rounded-control border border-line-strong bg-paper px-3 py-2 text-base"
      />
      <div className="flex gap-2">
        <Button look="primary" type="submit" busy={busy} disabled={note.trim() === ''} className="flex-1">
          Send
        </Button>
        <Button look="quiet" disabled={busy} onClick={onBack}>
          Back
        </Button>
      </div>
    </form>
  );
}
