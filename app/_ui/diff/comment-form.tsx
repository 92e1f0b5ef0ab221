'use client';

import { useEffect, useRef } from 'react';
import { type CommentPlace, formatComment } from '#lib/core/comment.ts';
import { isActive } from '#lib/core/state.ts';
import { deviceOutbox } from '../../_live/outbox/device-outbox.ts';
import { messageEntry } from '../../_live/outbox/entry.ts';
import { Button } from '../base/button.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { useDraft, withoutSent, withWordsBack } from '../composer/use-draft.ts';
import { useThreadState } from '../thread/thread-context.tsx';
import { commentKey } from './comment-drafts.ts';

/** `wordsBack`: words that were on their way and are wanted back. */
type CommentFormProps = { place: CommentPlace; quote: string; wordsBack: string; onSent(): void; onCancel(): void };

/** Words about lines, on their way to the agent: guidance while it works, else the next goal. */
export function CommentForm({ place, quote, wordsBack, onSent, onCancel }: CommentFormProps) {
  const { threadId, run } = useThreadState();
  const [words, setWords, note] = useDraft(commentKey(threadId, place.path));
  const { busy, failure, act } = useAction();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (wordsBack) setWords((typed) => withWordsBack(typed, wordsBack));
  }, [wordsBack, setWords]);
  const { from, to, side } = place;
  const lines = from === to ? `Line ${from}` : `Lines ${from}–${to}`;

  async function send(): Promise<void> {
    if (words.trim() === '') return field.current?.focus();
    const comment = messageEntry(threadId, formatComment({ place, quote, words }));
    if (!(await act(() => deviceOutbox().send(comment)))) return;
    setWords((typed) => withoutSent(typed, words));
    onSent();
  }

  return (
    <form
      aria-label={`Comment on ${lines.toLowerCase()}`}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      className="space-y-2 border-accent border-y bg-raised px-3 py-3"
    >
      <p className="text-ink-soft text-xs">
        <span className="tabular font-medium text-ink">
          {lines}
          {side === 'old' && ' before the change'}
        </span>{' '}
        · tap another line for more
      </p>
      {(failure ?? note) && <Notice>{failure ?? note}</Notice>}
      <textarea
        ref={field}
        value={words}
        rows={2}
        aria-label="Your comment"
        placeholder="What should be different?"
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
        }}
        className="field-sizing-content scrollbar-quiet max-h-60 w-full resize-none rounded-control border border-line-strong bg-paper px-3 py-2 text-base"
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p className="min-w-0 flex-1 text-ink-soft text-xs">
          {isActive(run) ? 'The agent hears it while it works.' : 'It becomes the next goal.'}
        </p>
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button look="primary" type="submit" busy={busy}>
          Send
        </Button>
      </div>
    </form>
  );
}
