'use client';

import { useState } from 'react';
import { useShared } from '../../_live/outbox/use-shared.ts';
import { Mark } from '../base/mark.tsx';
import { Notice } from '../base/notice.tsx';
import { GoalComposer, type ProjectChoice } from '../composer/goal-composer.tsx';
import type { AgentChoice } from '../composer/run-options.ts';
import { CopyNote } from '../device/copy-note.tsx';
import { ArchiveLink } from './archive-link.tsx';
import { ArchivedNote } from './archived-note.tsx';
import { HouseLinks } from './house-links.tsx';
import { PullToRefresh } from './pull-to-refresh.tsx';
import { ThreadList } from './thread-list.tsx';
import { useThreadListActions, useThreads } from './threads-context.tsx';

const examples = [
  'Write a Python script that prints the first 20 Fibonacci numbers, and run it',
  'Scaffold a React app called garden',
  'Make a web page for a small bakery',
];

type HomeRoomProps = { projects: ProjectChoice[]; agents: AgentChoice[]; projectId?: string };

/** Where a goal is given: the words first, and beneath the thumb; who needs the person above them. */
export function HomeRoom({ projects, agents, projectId }: HomeRoomProps) {
  const rows = useThreads();
  const { refresh } = useThreadListActions();
  const [suggestion, setSuggestion] = useState<{ text: string; number: number; files?: readonly File[] }>();
  const { isLost } = useShared((shared) => setSuggestion({ ...shared, number: 1 }));
  const first = rows.length === 0;
  return (
    <div className="flex h-room min-w-0 flex-col">
      <h1 className="sr-only max-lg:hidden">Choir</h1>
      <header className="flex items-center gap-2.5 pt-safe pr-1.5 pl-4 lg:hidden">
        <Mark className="size-6" />
        <h1 className="flex min-h-14 flex-1 items-center font-semibold text-lg">Choir</h1>
        <HouseLinks />
      </header>
      <PullToRefresh
        onRefresh={refresh}
        className={`scrollbar-quiet relative min-h-0 flex-1 overflow-y-auto overscroll-contain lg:flex-none lg:pt-[24dvh] ${first ? 'flex flex-col justify-end' : 'lg:block'}`}
      >
        <div className={`mx-auto w-full max-w-reading px-1.5 py-3 lg:hidden ${first ? 'hidden' : ''}`}>
          <ThreadList rows={rows} />
          <ArchiveLink />
        </div>
        <div className={`mx-auto w-full max-w-reading px-safe pb-4 ${first ? '' : 'hidden lg:block'}`}>
          <h2 className="font-semibold text-title tracking-tight">Hand over a goal</h2>
          <p className="mt-1 text-ink-soft">Say plainly what should be done. You see every change, and can take any of it back.</p>
          {first && (
            <ul className="mt-5 space-y-2">
              {examples.map((text) => (
                <li key={text}>
                  <button
                    type="button"
                    onClick={() => setSuggestion({ text, number: (suggestion?.number ?? 0) + 1 })}
                    className="min-h-11 w-full rounded-control border border-line bg-raised px-4 py-2.5 text-left text-sm hover:bg-sunken"
                  >
                    {text}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </div>
      </PullToRefresh>
      <footer className="border-line border-t bg-paper lg:border-0">
        <div className="mx-auto max-w-reading px-safe pt-3 pb-safe">
          <CopyNote />
          <div className="lg:hidden">
            <ArchivedNote />
          </div>
          {isLost && (
            <Notice>What you shared did not arrive. Open Choir once, then share it again: files of up to 100 MB, and 250 MB in all.</Notice>
          )}
          <GoalComposer projects={projects} agents={agents} projectId={projectId} suggestion={suggestion} />
        </div>
      </footer>
    </div>
  );
}
