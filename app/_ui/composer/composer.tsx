'use client';

import { ArrowUp } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { keepWords } from '../../_live/device/kept-words.ts';
import { RequestError } from '../../_live/request.ts';
import type { Uploaded } from '../../_live/upload-file.ts';
import { lazyPart } from '../base/lazy-part.ts';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { storageKey, useDraft, withoutSent, withWordsBack } from '../base/use-draft.ts';
import { OutboxList } from '../outbox/outbox-list.tsx';
import { AttachButton } from './attach/attach-button.tsx';
import { wordsFor } from './attach/attached-only.ts';
import { useAttachments } from './attach/use-attachments.ts';
import { useFileDrop } from './attach/use-file-drop.ts';
import { sendsOnEnter } from './sends-on-enter.ts';
import { canRecord } from './voice/can-record.ts';
import type { Voice, VoiceView } from './voice/create-voice.ts';

const AttachedFiles = lazyPart(async () => (await import('./attach/attached-files.tsx')).AttachedFiles);
const Talk = lazyPart(async () => (await import('./voice/talk.tsx')).Talk);

/** What a person says: words, and uploads that come along. */
export type Said = { text: string; attachments?: string[] };

type ComposerProps = {
  draftKey: string;
  label: string;
  placeholder: string;
  rows?: number;
  /** The thread that is spoken to, where there is one yet. */
  threadId?: string;
  /** Nothing can be said here any more: what was begun stays, to be taken elsewhere. */
  isClosed?: boolean;
  /** Takes the keyboard at once where there is one of its own; on a phone it would cover the page. */
  focusFirst?: boolean;
  /** Words, and files, to begin with, set anew each time the number changes. */
  suggestion?: { text: string; number: number; files?: readonly File[] };
  /** Calls `onKept` once what is said arrives whether the page stays or not. */
  send(said: Said, files: readonly Uploaded[], onKept: () => void): Promise<unknown>;
  options?: ReactNode;
};

/** Where a person says what they want: typed, spoken, with files. What could not be sent stays, with the reason. */
export function Composer({
  draftKey,
  label,
  placeholder,
  rows = 1,
  threadId,
  isClosed = false,
  focusFirst = false,
  suggestion,
  send,
  options,
}: ComposerProps) {
  const [draft, setDraft, draftNote] = useDraft(draftKey);
  const { busy, failure, act } = useAction();
  const attachments = useAttachments(draftKey);
  const { files, add, restore, forget, keep, settle } = attachments;
  const [canTalk, setCanTalk] = useState(false);
  const [voice, setVoice] = useState<VoiceView>({ state: 'idle', note: null });
  const talk = useRef<Voice>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const isDropping = useFileDrop(add, !isClosed);
  const isTalking = voice.state !== 'idle';
  const note = voice.note ?? draftNote;
  const empty = draft.trim() === '' && files.length === 0;

  useEffect(() => setCanTalk(canRecord()), []);
  useEffect(() => {
    if (focusFirst && hasFinePointer()) field.current?.focus();
  }, [focusFirst]);
  useEffect(() => {
    if (!suggestion) return;
    setDraft(suggestion.text);
    if (suggestion.files) add(suggestion.files);
    field.current?.focus();
  }, [suggestion, setDraft, add]);

  async function submit(): Promise<void> {
    if (isTalking) return talk.current?.finish();
    if (isClosed) return;
    if (empty || busy) return field.current?.focus();
    const sent = files.map(({ key }) => key);
    const text = wordsFor(
      draft,
      files.map(({ name }) => name),
    );
    const onKept = () => {
      keepWords(storageKey(draftKey), '');
      keep(false);
    };
    const isSent = await act(async () => {
      const uploads = await settle(sent);
      // The file itself says what is wrong with it.
      if (!uploads) throw new RequestError(0, 'A file did not arrive. Send it again, or leave it out.');
      const ids = uploads.map(({ uploadId }) => uploadId);
      await send({ text, ...(ids.length > 0 ? { attachments: ids } : {}) }, uploads, onKept);
    });
    setDraft((typed) => (isSent ? withoutSent(typed, draft) : typed));
    if (isSent) forget(sent);
    else keep(true);
  }

  function addWords(words: string): void {
    setDraft((typed) => (typed.trim() === '' ? words : `${typed.trimEnd()} ${words}`));
    // The field comes back with the next picture.
    requestAnimationFrame(() => field.current?.focus());
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    const { key, shiftKey, ctrlKey, metaKey, nativeEvent } = event;
    // A way out of the field that has the focus from the start, to the keys of the page.
    if (key === 'Escape' && !nativeEvent.isComposing) field.current?.blur();
    if (!sendsOnEnter({ key, shiftKey, ctrlKey, metaKey, isComposing: nativeEvent.isComposing }, hasFinePointer())) return;
    event.preventDefault();
    void submit();
  }

  function onPaste(event: ClipboardEvent): void {
    const pasted = [...event.clipboardData.files];
    if (pasted.length === 0 || isClosed) return;
    event.preventDefault();
    add(pasted);
  }

  return (
    <form
      // Pressed before the page comes to life it does nothing: anything else would load the page anew, without the words.
      method="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      className="space-y-2"
    >
      <OutboxList
        threadId={threadId}
        onTakeBack={({ words, files: theirs = [] }) => {
          setDraft((typed) => withWordsBack(typed, words));
          restore(theirs);
        }}
      />
      {failure && <Notice>{failure}</Notice>}
      {note && (
        <p role="status" className="px-1 text-ink-soft text-sm">
          {note}
        </p>
      )}
      <div
        className={`overflow-clip rounded-2xl border bg-raised shadow-xs transition-colors duration-100 focus-within:border-accent ${isDropping ? 'border-accent border-dashed bg-accent-soft' : 'border-line-strong/60'}`}
      >
        <Suspense>{(files.length > 0 || attachments.refusal) && <AttachedFiles attachments={attachments} />}</Suspense>
        <div className="flex flex-wrap items-end justify-end pr-1.5">
          <label htmlFor={draftKey} className="sr-only">
            {label}
          </label>
          <textarea
            ref={field}
            id={draftKey}
            rows={rows}
            value={draft}
            readOnly={isClosed}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            placeholder={isDropping ? 'Let go to attach' : placeholder}
            enterKeyHint="enter"
            // What comes back with the page is the draft alone: not words that a browser remembers, which may be on their way.
            autoComplete="off"
            className={`field-sizing-content scrollbar-quiet max-h-[40dvh] min-w-0 max-w-full flex-auto resize-none bg-transparent px-4 py-3 outline-none ${isTalking ? 'hidden' : ''}`}
          />
          {!isTalking && !isClosed && <AttachButton onFiles={add} />}
          {canTalk && !isClosed && (
            <Suspense fallback={<span className="size-11 shrink-0" />}>
              <Talk
                ref={talk}
                view={voice}
                threadId={threadId}
                onChange={setVoice}
                onWords={addWords}
                onRecording={(file) => add([file])}
              />
            </Suspense>
          )}
        </div>
        <div className="flex items-end gap-0.5 px-1.5 pb-1.5">
          <div className="flex min-w-0 flex-1 items-center gap-0.5">{options}</div>
          <button
            type="submit"
            hidden={isClosed}
            disabled={busy}
            aria-busy={busy}
            aria-label="Send"
            className={`inline-flex size-11 shrink-0 items-center justify-center rounded-full transition-colors duration-100 ${empty ? 'bg-sunken text-ink-soft' : 'bg-accent text-accent-ink'}`}
          >
            <ArrowUp className={`size-5 ${busy ? 'animate-breathe' : ''}`} aria-hidden />
          </button>
        </div>
      </div>
    </form>
  );
}

function hasFinePointer(): boolean {
  return window.matchMedia('(hover: hover) and (pointer: fine)').matches;
}
