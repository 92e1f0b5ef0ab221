'use client';

import { useSyncExternalStore } from 'react';
import type { ActiveRun } from '#lib/core/state.ts';
import { describeRun } from '#lib/core/words/describe-run.ts';
import { formatDuration } from '#lib/core/words/format.ts';
import { HostileText } from '../base/hostile-text.tsx';
import { formatCost } from '../budgets/format-cost.ts';

/** What the run does now, how far its plan is, how long it has worked and what it cost: one line above the field, which leads to the plan. */
export function RunLine({ run, onPlan }: { run: ActiveRun; onPlan(): void }) {
  const now = useSeconds();
  const done = run.steps.filter(({ status }) => status === 'done').length;
  const { workedMs, until } = run.clock;
  const worked = now === null ? 0 : workedMs + (until === null ? 0 : Math.max(0, now - Date.parse(until)));
  const numbers = [
    run.steps.length > 0 ? `${done} of ${run.steps.length}` : null,
    worked >= 1_000 ? formatDuration(Math.floor(worked / 1_000) * 1_000) : null,
    formatCost(run.cost),
  ].filter(Boolean);
  const line = (
    <>
      <span className="flex w-4 shrink-0 justify-center" aria-hidden>
        <span className={`size-2 rounded-full ${run.status === 'waiting' ? 'bg-warn' : 'animate-breathe bg-accent'}`} />
      </span>
      <span className="contained min-w-0 flex-1 truncate">
        <HostileText text={describeRun(run)} />
      </span>
      <span className="tabular shrink-0 text-xs">{numbers.join(' · ')}</span>
    </>
  );
  const look = 'flex w-full items-center gap-2 text-left text-ink-soft text-sm';
  if (run.steps.length === 0) return <p className={`${look} min-h-8`}>{line}</p>;
  return (
    <button type="button" onClick={onPlan} title="Show the plan" className={`${look} min-h-11 hover:text-ink`}>
      {line}
    </button>
  );
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, 1_000);
  return () => clearInterval(timer);
}

/** This device's clock in whole seconds; null on the server. */
function useSeconds(): number | null {
  return useSyncExternalStore<number | null>(
    subscribe,
    () => Math.floor(Date.now() / 1_000) * 1_000,
    () => null,
  );
}
