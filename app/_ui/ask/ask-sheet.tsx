'use client';

import { useEffect, useRef } from 'react';
import { formatComment, ownWords } from '#lib/core/comment.ts';
import { isActive } from '#lib/core/state.ts';
import { deviceOutbox } from '../../_live/outbox/device-outbox.ts';
import { messageEntry } from '../../_live/outbox/entry.ts';
import { Button } from '../base/button.tsx';
import { OutputBox, PathText } from '../base/hostile-text.tsx';
import { Notice } from '../base/notice.tsx';
import { Sheet } from '../base/sheet.tsx';
import { useAction } from '../base/use-action.ts';
import { useDraft, withoutSent, withWordsBack } from '../composer/use-draft.ts';
import { OutboxList } from '../outbox/outbox-list.tsx';
import { useThreadState } from '../thread/thread-context.tsx';
import type { Subject } from './ask-context.tsx';

/** A person's words about something in sight, with the quote, the path and the lines: guidance while a run works, else the next goal. */
export function AskSheet({ subject: { place, quote }, onClose }: { subject: Subject; onClose(): void }) {
  const { threadId, run } = useThreadState();
  const [words, setWords, note] = useDraft(`${threadId}:ask`);
  const { busy, failure, act } = useAction();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);

  async function send(): Promise<void> {
    if (words.trim() === '') return field.current?.focus();
    await act(async () => {
      const { state } = await deviceOutbox().send(messageEntry(threadId, formatComment({ place, quote, words })));
      setWords((typed) => withoutSent(typed, words));
      if (state === 'sent') onClose();
    });
  }

  return (
    <Sheet
      title="Ask about this"
      description={isActive(run) ? 'The agent hears it while it works.' : 'It becomes the next goal.'}
      onClose={onClose}
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
        {(failure ?? note) && <Notice>{failure ?? note}</Notice>}
        <textarea
          ref={field}
          value={words}
          rows={3}
          aria-label="Your words"
          placeholder="What do you want to know, or have changed?"
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
          }}
          className="field-sizing-content scrollbar-quiet max-h-60 w-full resize-none rounded-control border border-line-strong bg-paper px-3 py-2"
        />
      </div>
    </Sheet>
  );
}
