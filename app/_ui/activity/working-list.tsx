'use client';

import { Hand, LoaderCircle, Square } from 'lucide-react';
import Link from 'next/link';
import type { WorkingRun } from '#lib/activity/list-working.ts';
import { agentName } from '#lib/core/words/agent-name.ts';
import { describeUsd } from '#lib/core/words/describe-cost.ts';
import { request } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { Button } from '../base/button.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { Ago } from '../base/moment.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';

export function WorkingList({ runs }: { runs: WorkingRun[] }) {
  const { busy, failure, act } = useAction();
  if (runs.length === 0) return <p className="text-ink-soft text-sm">Nobody works on anything now.</p>;
  return (
    <>
      {failure && <Notice>{failure}</Notice>}
      <ul className="divide-y divide-line rounded-card border border-line bg-raised">
        {runs.map((run) => (
          <li key={run.runId} className="flex items-center gap-1 pr-2">
            <Link href={`/threads/${run.threadId}`} className="flex min-h-16 min-w-0 flex-1 items-start gap-3 px-4 py-3">
              {run.openApprovals > 0 ? (
                <Hand className="mt-0.5 size-4.5 shrink-0 text-accent" aria-hidden />
              ) : (
                <LoaderCircle
                  className={`mt-0.5 size-4.5 shrink-0 ${run.status === 'running' ? 'text-accent motion-safe:animate-spin' : 'text-ink-soft'}`}
                  aria-hidden
                />
              )}
              <span className="contained min-w-0 flex-1">
                <span className="block truncate font-medium text-[0.9375rem]">{run.title}</span>
                <span className="block truncate text-ink-soft text-sm">
                  <span className={run.openApprovals > 0 ? 'text-accent' : ''}>{stateOf(run)}</span>
                  {run.lastLine && (
                    <>
                      {' · '}
                      <HostileText text={run.lastLine} />
                    </>
                  )}
                </span>
                <span className="tabular block truncate text-ink-soft text-xs">
                  {agentName(run.agent)} · {run.projectName} · <Ago at={run.since} />
                  {run.costUsd > 0 && ` · ${describeUsd(run.costUsd)}`}
                </span>
              </span>
            </Link>
            <Button
              look="quiet"
              disabled={busy}
              aria-label={`Stop: ${run.title}`}
              onClick={() => act(() => request(threadPath(run.threadId, '/cancel'), { method: 'POST' }))}
            >
              <Square className="size-3.5 fill-current" aria-hidden />
              <span className="hidden sm:inline">Stop</span>
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function stateOf({ openApprovals, status }: WorkingRun): string {
  if (openApprovals > 0) return openApprovals === 1 ? 'Asks you' : `Asks you ${openApprovals} things`;
  return status === 'running' ? 'Works' : status === 'queued' ? 'Waits for a worker' : 'Waits';
}
