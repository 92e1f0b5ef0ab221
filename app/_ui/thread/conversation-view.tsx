'use client';

import { ArrowDown, Hand } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { visibleItems } from '#lib/core/fold.ts';
import { openApprovals } from '#lib/core/state.ts';
import { useOlderItems } from '../../_live/use-older-items.ts';
import { loadMarkdown } from '../base/prose.tsx';
import type { AgentChoice } from '../composer/run-options.ts';
import { ThreadComposer } from '../composer/thread-composer.tsx';
import { Announcer } from './announcer.tsx';
import { Conversation } from './conversation.tsx';
import { useThreadState } from './thread-context.tsx';
import { useStickToEnd } from './use-stick-to-end.ts';

/** What happened in a thread, what is asked, and where to answer. */
export function ConversationView({ agents }: { agents: AgentChoice[] }) {
  const thread = useThreadState();
  const older = useOlderItems(thread);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { atEnd, toEnd } = useStickToEnd(scroller, content);
  useEffect(() => void loadMarkdown(), []);
  const questions = openApprovals(thread).length;

  function toQuestion(): void {
    const card = content.current?.querySelector('[data-approval=open]');
    card?.scrollIntoView({ block: 'end', behavior: 'smooth' });
    card?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }

  return (
    <>
      <div ref={scroller} className="scrollbar-quiet relative min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div ref={content} className="mx-auto max-w-2xl px-safe py-4">
          <Conversation thread={thread} older={older} />
        </div>
      </div>
      <footer className="relative border-line border-t bg-paper">
        {!atEnd && (
          <button
            type="button"
            onClick={questions > 0 ? toQuestion : toEnd}
            className="-top-14 -translate-x-1/2 absolute left-1/2 inline-flex min-h-11 animate-rise items-center gap-2 whitespace-nowrap rounded-full border border-line bg-raised px-4 font-medium text-sm shadow-md"
          >
            {questions > 0 ? <Hand className="size-4 text-accent" aria-hidden /> : <ArrowDown className="size-4" aria-hidden />}
            {questions > 0 ? 'Your answer is needed' : 'To the newest'}
          </button>
        )}
        <div className="mx-auto max-w-2xl px-safe pt-3 pb-safe">
          <ThreadComposer threadId={thread.threadId} run={thread.run} agents={agents} />
        </div>
      </footer>
      <Announcer items={visibleItems(thread)} />
    </>
  );
}
