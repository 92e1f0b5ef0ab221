'use client';

import { useId, useState } from 'react';
import { noteLimit } from '#lib/core/limits/note-limit.ts';
import { Button } from '../base/button.tsx';

/** `words`: to begin with. */
type AnswerNoteProps = { label: string; words?: string; secret: boolean; busy: boolean; onSend(note: string): void; onBack(): void };

/** The words that go with a Modify. The field was asked for with the press before, so it has the focus. */
export function AnswerNote({ label, words = '', secret, busy, onSend, onBack }: AnswerNoteProps) {
  const [note, setNote] = useState(words);
  const noteId = useId();
  const field = {
    id: noteId,
    autoFocus: true,
    value: note,
    maxLength: noteLimit,
    className: 'block w-full resize-none rounded-control border border-line-strong bg-paper px-3 py-2 text-base',
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSend(note);
      }}
      className="space-y-2"
    >
      <label htmlFor={noteId} className="block font-medium text-sm">
        {label}
      </label>
      {secret ? (
        <input {...field} type="password" autoComplete="off" onChange={(event) => setNote(event.target.value)} />
      ) : (
        <textarea {...field} rows={words === '' ? 3 : 8} onChange={(event) => setNote(event.target.value)} />
      )}
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
