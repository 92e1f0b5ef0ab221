'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Button } from '../base/button.tsx';
import { HostileText, PathText } from '../base/hostile-text.tsx';
import { type CommentDraft, commentDrafts, releaseComment } from '../diff/comment-drafts.ts';

/** Comments that were begun on files which are not changed any more: their words can go on as a message. */
export function UnsentComments({ threadId, changed }: { threadId: string; changed: readonly string[] }) {
  const router = useRouter();
  const [unsent, setUnsent] = useState<CommentDraft[]>([]);
  useEffect(() => {
    setUnsent(commentDrafts(threadId).filter(({ path }) => !changed.includes(path)));
  }, [threadId, changed]);

  function release(comment: CommentDraft, asMessage: boolean): void {
    releaseComment(threadId, comment, asMessage);
    setUnsent((before) => before.filter((other) => other !== comment));
    if (asMessage) router.push(`/threads/${threadId}`);
  }

  return unsent.map((comment) => (
    <article key={comment.path} aria-label="Not sent" className="border-line border-b bg-raised px-4 pt-3 pb-1 text-sm">
      <p className="contained text-ink-soft text-xs">
        Not sent, about <PathText path={comment.path} />
      </p>
      <p className="contained max-h-24 overflow-y-auto whitespace-pre-wrap">
        <HostileText text={comment.words} />
      </p>
      <div className="flex justify-end gap-1">
        <Button look="quiet" onClick={() => release(comment, false)}>
          Throw away
        </Button>
        <Button look="quiet" onClick={() => release(comment, true)}>
          Put in the message
        </Button>
      </div>
    </article>
  ));
}
