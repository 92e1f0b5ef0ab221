'use client';

import { useEffect } from 'react';
import type { CommentPlace } from '#lib/core/comment.ts';
import { Button } from '../base/button.tsx';
import { withWordsBack } from '../base/use-draft.ts';
import { CommentField } from '../comment/comment-field.tsx';
import { useComment } from '../comment/use-comment.ts';
import { useThreadState } from '../thread/thread-context.tsx';
import { commentKey } from './comment-drafts.ts';

/** `wordsBack`: words that were on their way and are wanted back, until they stand here. */
type CommentFormProps = { place: CommentPlace; quote: string; wordsBack: string; onBack(): void; onSent(): void; onCancel(): void };

/** Words about lines of a diff, between those lines. */
export function CommentForm({ place, quote, wordsBack, onBack, onSent, onCancel }: CommentFormProps) {
  const { threadId } = useThreadState();
  const comment = useComment(commentKey(threadId, place.path), { place, quote }, onSent);
  const { setWords, send, busy, whenHeard } = comment;
  useEffect(() => {
    if (!wordsBack) return;
    setWords((typed) => withWordsBack(typed, wordsBack));
    onBack();
  }, [wordsBack, setWords, onBack]);
  const { from, to, side } = place;
  const lines = from === to ? `Line ${from}` : `Lines ${from}–${to}`;

  return (
    <form
      ref={bringIntoSight}
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
      <CommentField comment={comment} label="Your comment" placeholder="What should be different?" rows={2} onCancel={onCancel} />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p className="min-w-0 flex-1 text-ink-soft text-xs">{whenHeard}</p>
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

/** Below a line at the bottom edge it would open out of sight. */
function bringIntoSight(form: HTMLElement | null): void {
  form?.scrollIntoView({ block: 'nearest' });
}
