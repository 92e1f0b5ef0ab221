import type { RunState } from '#lib/core/state.ts';
import { formatCost } from '../base/format-cost.ts';

/** What the run does now, for as long as nothing else on the page says it. */
export function RunStatusLine({ run }: { run: RunState }) {
  const cost = formatCost(run.cost);
  const quiet = run.status === 'waiting' || run.calls.some((call) => call.status === 'running');
  if (quiet) return cost && <p className="tabular text-ink-soft text-xs">{cost}</p>;
  const step = run.steps.find(({ status }) => status === 'running');
  return (
    <p className="contained flex items-center gap-2.5 text-ink-soft text-sm">
      <span className="flex w-4 justify-center" aria-hidden>
        <span className="size-2 animate-breathe rounded-full bg-accent" />
      </span>
      <span className="min-w-0 flex-1">{run.status === 'queued' ? 'Waiting for a worker' : step ? step.title : 'Thinking'}</span>
      {cost && <span className="tabular shrink-0 text-xs">{cost}</span>}
    </p>
  );
}
