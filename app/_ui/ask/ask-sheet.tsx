'use client';

import { ownWords } from '#lib/core/comment.ts';
import { Button } from '../base/button.tsx';
import { OutputBox, PathText } from '../base/hostile-text.tsx';
import { Sheet } from '../base/sheet.tsx';
import { withWordsBack } from '../base/use-draft.ts';
import { CommentField } from '../comment/comment-field.tsx';
import { useComment } from '../comment/use-comment.ts';
import { OutboxList } from '../outbox/outbox-list.tsx';
import { useThreadState } from '../thread/thread-context.tsx';
import type { Subject } from './ask-context.tsx';

/** A person's words about something in sight, with the quote, the path and the lines. Words that wait to be sent stand in it. */
export function AskSheet({ subject: { place, quote }, onClose }: { subject: Subject; onClose(): void }) {
  const { threadId } = useThreadState();
  const comment = useComment(`${threadId}:ask`, { place, quote }, (state) => {
    if (state === 'sent') onClose();
  });
  const { setWords, field, send, busy, whenHeard } = comment;

  return (
    <Sheet
      title="Ask about this"
      description={whenHeard}
      onClose={onClose}
      firstFocus={field}
      actions={
        <Button look="primary" busy={busy} onClick={send} className="w-full">
          Send
        </Button>
      }
    >
      <div className="space-y-3">
        {place && (
          <p className="contained text-ink-soft text-sm">
            <PathText path={place.path} />{' '}
            <span className="tabular">{place.from === place.to ? `line ${place.from}` : `lines ${place.from}–${place.to}`}</span>
          </p>
        )}
        <OutputBox text={quote} label="What you ask about" />
        <OutboxList threadId={threadId} onTakeBack={(entry) => setWords((typed) => withWordsBack(typed, ownWords(entry.words)))} />
        <CommentField comment={comment} label="Your words" placeholder="What do you want to know, or have changed?" rows={3} />
      </div>
    </Sheet>
  );
}
