'use client';

import { ArrowDown, Hand } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { visibleItems } from '#lib/core/fold.ts';
import { type CheckpointState, isActive, openApprovals, type ThreadState } from '#lib/core/state.ts';
import { useOlderItems } from '../../_live/use-older-items.ts';
import { useThread } from '../../_live/use-thread.ts';
import { loadMarkdown } from '../base/prose.tsx';
import { untilLoaded } from '../base/until-loaded.ts';
import type { AgentChoice } from '../composer/run-options.ts';
import { ThreadComposer } from '../composer/thread-composer.tsx';
import { Announcer } from './announcer.tsx';
import { Conversation } from './conversation.tsx';
import { ThreadActionsProvider, TypingProvider } from './thread-context.tsx';
import { ThreadHeader } from './thread-header.tsx';
import { useStickToEnd } from './use-stick-to-end.ts';

const CheckpointSheet = lazy(async () => ({
  default: (await untilLoaded(() => import('../sheets/checkpoint-sheet.tsx'))).CheckpointSheet,
}));
const RevertSheet = lazy(async () => ({ default: (await untilLoaded(() => import('../sheets/revert-sheet.tsx'))).RevertSheet }));

type OpenSheet = { kind: 'checkpoint'; checkpoint: CheckpointState } | { kind: 'revert'; checkpointId: string } | null;

/** A thread: what happened, what is asked, and where to answer. */
export function ThreadRoom({ initial, me, agents }: { initial: ThreadState; me: string; agents: AgentChoice[] }) {
  const { thread, link, typing } = useThread(initial);
  const [sheet, setSheet] = useState<OpenSheet>(null);
  const older = useOlderItems(thread);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { atEnd, toEnd } = useStickToEnd(scroller, content);
  const { threadId } = thread;
  useEffect(() => void loadMarkdown(), []);
  const questions = openApprovals(thread).length;

  const actions = useMemo(
    () => ({
      threadId,
      me,
      openCheckpoint: (checkpoint: CheckpointState) => setSheet({ kind: 'checkpoint', checkpoint }),
      openRevert: (checkpointId: string) => setSheet({ kind: 'revert', checkpointId }),
    }),
    [threadId, me],
  );

  function toQuestion(): void {
    const card = content.current?.querySelector('[data-approval=open]');
    card?.scrollIntoView({ block: 'end', behavior: 'smooth' });
    card?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }

  return (
    <ThreadActionsProvider value={actions}>
      <TypingProvider value={typing}>
        <div className="flex h-dvh min-w-0 flex-col">
          <ThreadHeader thread={thread} link={link} />
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
              <ThreadComposer threadId={threadId} run={thread.run} agents={agents} />
            </div>
          </footer>
        </div>
        <Announcer items={visibleItems(thread)} />
        <Suspense>
          {sheet?.kind === 'checkpoint' && (
            <CheckpointSheet
              threadId={threadId}
              checkpoint={thread.checkpoints.find(({ checkpointId }) => checkpointId === sheet.checkpoint.checkpointId) ?? sheet.checkpoint}
              current={thread.currentCheckpointId === sheet.checkpoint.checkpointId}
              onRevert={() => setSheet({ kind: 'revert', checkpointId: sheet.checkpoint.checkpointId })}
              onClose={() => setSheet(null)}
            />
          )}
          {sheet?.kind === 'revert' && (
            <RevertSheet
              threadId={threadId}
              checkpointId={sheet.checkpointId}
              number={thread.checkpoints.find(({ checkpointId }) => checkpointId === sheet.checkpointId)?.number ?? null}
              undo={thread.lastRevert?.fromCheckpointId === sheet.checkpointId}
              running={isActive(thread.run)}
              onClose={() => setSheet(null)}
            />
          )}
        </Suspense>
      </TypingProvider>
    </ThreadActionsProvider>
  );
}
