'use client';

import { ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { sendsOnEnter } from './sends-on-enter.ts';
import { useDraft } from './use-draft.ts';

type ComposerProps = {
  draftKey: string;
  label: string;
  placeholder: string;
  rows?: number;
  /** Takes the keyboard at once where there is one of its own; on a phone it would cover the page. */
  focusFirst?: boolean;
  /** Words to begin with, set anew each time the number changes. */
  suggestion?: { text: string; number: number };
  send(text: string): Promise<unknown>;
  options?: ReactNode;
};

/** Where a person says what they want. What could not be sent stays, with the reason. */
export function Composer({ draftKey, label, placeholder, rows = 1, focusFirst = false, suggestion, send, options }: ComposerProps) {
  const [draft, setDraft] = useDraft(draftKey);
  const { busy, failure, act } = useAction();
  const field = useRef<HTMLTextAreaElement>(null);
  const fieldId = useId();
  const empty = draft.trim() === '';

  useEffect(() => {
    if (focusFirst && hasFinePointer()) field.current?.focus();
  }, [focusFirst]);
  useEffect(() => {
    if (!suggestion) return;
    setDraft(suggestion.text);
    field.current?.focus();
  }, [suggestion, setDraft]);

  async function submit(): Promise<void> {
    if (empty) return field.current?.focus();
    if (await act(() => send(draft))) setDraft('');
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    const { key, shiftKey, ctrlKey, metaKey, nativeEvent } = event;
    if (!sendsOnEnter({ key, shiftKey, ctrlKey, metaKey, isComposing: nativeEvent.isComposing }, hasFinePointer())) return;
    event.preventDefault();
    void submit();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      className="space-y-2"
    >
      {failure && <Notice>{failure}</Notice>}
      <div className="rounded-2xl border border-line-strong/60 bg-raised shadow-xs transition-colors duration-100 focus-within:border-accent">
        <div className="flex items-end">
          <label htmlFor={fieldId} className="sr-only">
            {label}
          </label>
          <textarea
            ref={field}
            id={fieldId}
            rows={rows}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={onKeyDown}
            placeholder={placeholder}
            enterKeyHint="enter"
            className="field-sizing-content scrollbar-quiet max-h-[40dvh] min-w-0 flex-1 resize-none bg-transparent px-4 py-3 outline-none"
          />
          <button
            type="submit"
            disabled={busy}
            aria-busy={busy}
            aria-label="Send"
            className={`m-1.5 inline-flex size-11 shrink-0 items-center justify-center rounded-full transition-colors duration-100 ${empty ? 'bg-sunken text-ink-soft' : 'bg-accent text-accent-ink'}`}
          >
            <ArrowUp className={`size-5 ${busy ? 'animate-breathe' : ''}`} aria-hidden />
          </button>
        </div>
        {options && <div className="flex flex-wrap items-center gap-1 px-1.5 pb-1.5">{options}</div>}
      </div>
    </form>
  );
}

function hasFinePointer(): boolean {
  return window.matchMedia('(hover: hover) and (pointer: fine)').matches;
}
