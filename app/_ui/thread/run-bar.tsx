'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { isActive, type RunState } from '#lib/core/state.ts';
import { describeRun } from '#lib/core/words/describe-run.ts';
import { HostileText } from '../base/hostile-text.tsx';

/** On the views that show nothing of it: what the run does, asks, or has come to where that went wrong. Leads to the conversation. */
export function RunBar({ threadId, run }: { threadId: string; run: RunState }) {
  if (!isActive(run) && run.status !== 'failed') return null;
  const isAsked = run.status === 'waiting';
  const dot = isAsked ? 'bg-warn' : run.status === 'failed' ? 'bg-bad' : 'animate-breathe bg-accent';
  return (
    <p role="status">
      <Link
        href={`/threads/${threadId}`}
        prefetch={false}
        className={`flex min-h-11 items-center gap-2 border-line border-b px-4 text-sm ${isAsked ? 'bg-accent-soft font-medium' : 'bg-paper text-ink-soft hover:text-ink'}`}
      >
        <span className={`size-2 shrink-0 rounded-full ${dot}`} aria-hidden />
        <span className="contained min-w-0 flex-1 truncate">
          <HostileText text={isActive(run) ? describeRun(run) : 'The run failed'} />
        </span>
        <ChevronRight className="size-4 shrink-0" aria-hidden />
      </Link>
    </p>
  );
}
