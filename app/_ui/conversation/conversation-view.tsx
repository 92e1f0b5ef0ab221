'use client';

import { useCallback, useEffect, useState } from 'react';
import { visibleItems } from '#lib/core/fold.ts';
import { onceSettled } from '../../_live/once-settled.ts';
import { useMarkRead } from '../../_live/use-mark-read.ts';
import { lazyPart } from '../base/lazy-part.ts';
import { OnceSettled } from '../base/once-settled.tsx';
import type { AgentChoice } from '../composer/run-options.ts';
import { ThreadComposer } from '../composer/thread-composer.tsx';
import { loadCallDetails } from '../items/call-row.tsx';
import { useThreadState } from '../thread/thread-context.tsx';
import { useThreadListActions } from '../threads/threads-context.tsx';
import { Conversation } from './conversation.tsx';

/** It has nothing to say before something new happens. */
const Announcer = lazyPart(async () => (await import('./announcer.tsx')).Announcer);

/** What happened in a thread, what is asked, and where to answer. */
export function ConversationView({ agents }: { agents: AgentChoice[] }) {
  const thread = useThreadState();
  const [openedAt] = useState(thread.seq);
  useEffect(() => onceSettled(() => void loadCallDetails()), []);
  const { threadId, seq } = thread;
  const { mark } = useThreadListActions();
  // Here and in no other view: who looks at files or changes has not read what was said.
  useMarkRead(
    seq,
    useCallback((read) => mark({ row: { id: threadId, seq: read }, readSeq: read }), [mark, threadId]),
  );
  return (
    <>
      <Conversation thread={thread}>
        <ThreadComposer threadId={threadId} run={thread.run} agents={agents} />
      </Conversation>
      <OnceSettled>
        <Announcer items={visibleItems(thread)} since={openedAt} />
      </OnceSettled>
    </>
  );
}
