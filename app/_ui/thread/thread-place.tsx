'use client';

import { usePathname, useSearchParams, useSelectedLayoutSegment } from 'next/navigation';
import { type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { type CheckpointState, isActive, type ThreadState } from '#lib/core/state.ts';
import { useThread } from '../../_live/use-thread.ts';
import { AskPlace } from '../ask/ask-place.tsx';
import { lazyPart } from '../base/lazy-part.ts';
import { Notice } from '../base/notice.tsx';
import { OnceSettled } from '../base/once-settled.tsx';
import { ThreadActionsProvider, ThreadProvider, TypingProvider } from './thread-context.tsx';
import { ThreadHeader } from './thread-header.tsx';

const CheckpointSheet = lazyPart(async () => (await import('../sheets/checkpoint-sheet.tsx')).CheckpointSheet);
const Presence = lazyPart(async () => (await import('./presence.tsx')).Presence);
const RunBar = lazyPart(async () => (await import('./run-bar.tsx')).RunBar);
const RevertSheet = lazyPart(async () => (await import('../sheets/revert-sheet.tsx')).RevertSheet);

type OpenSheet = { kind: 'checkpoint'; checkpoint: CheckpointState } | { kind: 'revert'; checkpointId: string } | null;

type ThreadPlaceProps = { initial: ThreadState; me: string; names: Readonly<Record<string, string>>; children: ReactNode };

/** A thread as a place: its live state, its header, the sheets that any view may open, and the view that is looked at. */
export function ThreadPlace({ initial, me, names, children }: ThreadPlaceProps) {
  const { thread, link, typing } = useThread(initial);
  const [sheet, setSheet] = useState<OpenSheet>(null);
  const { threadId } = thread;
  const isDeleted = link.phase === 'gone';
  const isConversation = useSelectedLayoutSegment() === null;
  const where = `${usePathname()}?${useSearchParams()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a sheet is over once it has led elsewhere in the thread
  useEffect(() => setSheet(null), [where]);

  const actions = useMemo(
    () => ({
      threadId,
      me,
      names,
      isDeleted,
      openCheckpoint: (checkpoint: CheckpointState) => setSheet({ kind: 'checkpoint', checkpoint }),
      openRevert: (checkpointId: string) => setSheet({ kind: 'revert', checkpointId }),
    }),
    [threadId, me, names, isDeleted],
  );

  return (
    <ThreadActionsProvider value={actions}>
      <ThreadProvider value={thread}>
        <TypingProvider value={typing}>
          <div className="flex h-room min-w-0 flex-col">
            <ThreadHeader thread={thread} link={link} />
            {isDeleted && (
              <div className="px-4 pt-3">
                <Notice>This thread was deleted. What you see is the last of it.</Notice>
              </div>
            )}
            {!isConversation && thread.run && (
              <Suspense>
                <RunBar threadId={threadId} run={thread.run} />
              </Suspense>
            )}
            <AskPlace>{children}</AskPlace>
            <OnceSettled>
              <Presence threadId={threadId} />
            </OnceSettled>
          </div>
          <Suspense>
            {sheet?.kind === 'checkpoint' && (
              <CheckpointSheet
                threadId={threadId}
                checkpoint={
                  thread.checkpoints.find(({ checkpointId }) => checkpointId === sheet.checkpoint.checkpointId) ?? sheet.checkpoint
                }
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
                undo={thread.lastRevert?.fromCheckpointId === sheet.checkpointId ? thread.lastRevert.scope : null}
                running={isActive(thread.run)}
                onClose={() => setSheet(null)}
              />
            )}
          </Suspense>
        </TypingProvider>
      </ThreadProvider>
    </ThreadActionsProvider>
  );
}
