'use client';

import { useEffect, useRef } from 'react';
import { type Comment, formatComment } from '#lib/core/comment.ts';
import { isActive } from '#lib/core/state.ts';
import { deviceOutbox } from '../../_live/outbox/device-outbox.ts';
import { messageEntry } from '../../_live/outbox/entry.ts';
import { useAction } from '../base/use-action.ts';
import { useDraft, withoutSent } from '../base/use-draft.ts';
import { useThreadState } from '../thread/thread-context.tsx';

/**
 * A person's words about something in sight, on their way to the agent: guidance while it works, else the next goal. Until they are sent they are the
 * draft `key` of this device. `onSent` hears when they are in the outbox, and whether they wait there.
 */
export function useComment(key: string, { place, quote }: Pick<Comment, 'place' | 'quote'>, onSent: (state: 'sent' | 'waiting') => void) {
  const { threadId, run } = useThreadState();
  const [words, setWords, note] = useDraft(key);
  const { busy, failure, act } = useAction();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);

  async function send(): Promise<void> {
    if (words.trim() === '') return field.current?.focus();
    await act(async () => {
      const { state } = await deviceOutbox().send(messageEntry(threadId, formatComment({ place, quote, words })));
      setWords((typed) => withoutSent(typed, words));
      onSent(state);
    });
  }

  return { words, setWords, field, send, busy, problem: failure ?? note, whenHeard: whenHeard(isActive(run)) };
}

function whenHeard(works: boolean): string {
  return works ? 'The agent hears it while it works.' : 'It becomes the next goal.';
}
