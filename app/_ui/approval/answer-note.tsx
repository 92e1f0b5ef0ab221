'use client';

import { useId, useState } from 'react';
import { noteLimit } from '#lib/core/limits/note-limit.ts';
import type { PlanStep } from '#lib/core/plan.ts';
import { planLines } from '#lib/core/words/plan-lines.ts';
import { Button } from '../base/button.tsx';

/** `words`: what was typed so far, kept by whoever shows this. `steps`: of the plan that is asked about, to be edited. */
type AnswerNoteProps = {
  label: string;
  words: string;
  onWords(words: string): void;
  steps: readonly PlanStep[];
  secret: boolean;
  busy: boolean;
  onSend(note: string): void;
  onBack(): void;
};

/** The words that go with a Modify. The field was asked for with the press before, so it has the focus. */
export function AnswerNote({ label, words, onWords, steps, secret, busy, onSend, onBack }: AnswerNoteProps) {
  const [lines] = useState(() => editableLines(steps));
  // A secret is kept nowhere.
  const [hidden, setHidden] = useState('');
  // A plan that nobody touched is no beginning of an answer: nothing of it is kept.
  const [isTouched, setIsTouched] = useState(false);
  const note = secret ? hidden : words || (isTouched ? '' : lines);
  const noteId = useId();

  function type(typed: string): void {
    setIsTouched(true);
    if (secret) setHidden(typed);
    else onWords(typed);
  }

  const field = {
    id: noteId,
    autoFocus: true,
    value: note,
    maxLength: noteLimit,
    onChange: (event: { target: { value: string } }) => type(event.target.value),
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
        {lines ? 'Edit the steps, or say what should change' : label}
      </label>
      {secret ? <input {...field} type="password" autoComplete="off" /> : <textarea {...field} rows={lines ? 8 : 3} />}
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

/** A plan of one step is changed by words; so is one that could not be sent back. */
function editableLines(steps: readonly PlanStep[]): string {
  const lines = steps.length > 1 ? planLines(steps) : '';
  return lines.length > noteLimit ? '' : lines;
}
