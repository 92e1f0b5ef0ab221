import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { isActive, type RunState } from '#lib/core/state.ts';
import { describeRun, describeStatus } from '#lib/core/words/describe-run.ts';
import { HostileText } from '../base/hostile-text.tsx';

/**
 * On the views that show nothing of it: what the run does, asks, or has come to. One that ended before one looked is only told of where it failed; one that
 * ends meanwhile keeps its place, so that nothing moves under the thumb. Leads to the conversation.
 */
export function RunBar({ threadId, run }: { threadId: string; run: RunState }) {
  const [seen, setSeen] = useState<string | null>(null);
  if (isActive(run) && run.runId !== seen) setSeen(run.runId);
  if (!isActive(run) && run.runId !== seen && run.status !== 'failed') return null;
  const isAsked = run.status === 'waiting';
  const { dot, words } = lookOf(run);
  return (
    <p role="status">
      <Link
        href={`/threads/${threadId}`}
        prefetch={false}
        className={`flex min-h-11 items-center gap-2 border-line border-b px-4 text-sm ${isAsked ? 'bg-accent-soft font-medium' : 'bg-paper text-ink-soft hover:text-ink'}`}
      >
        <span className={`size-2 shrink-0 rounded-full ${dot}`} aria-hidden />
        <span className="contained min-w-0 flex-1 truncate">
          <HostileText text={words} />
        </span>
        <ChevronRight className="size-4 shrink-0" aria-hidden />
      </Link>
    </p>
  );
}

function lookOf(run: RunState): { dot: string; words: string } {
  if (isActive(run)) return { dot: run.status === 'waiting' ? 'bg-warn' : 'animate-breathe bg-accent', words: describeRun(run) };
  if (run.status === 'failed') return { dot: 'bg-bad', words: 'The run failed' };
  return { dot: run.status === 'cancelled' ? 'bg-ink-soft' : 'bg-good', words: describeStatus(run.status, run.extent) };
}
