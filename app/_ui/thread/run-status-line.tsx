import type { RunState } from '#lib/core/state.ts';

/** What the run does now, for as long as nothing else on the page says it. */
export function RunStatusLine({ run }: { run: RunState }) {
  if (run.status === 'waiting' || run.calls.some((call) => call.status === 'running')) return null;
  const step = run.steps.find(({ status }) => status === 'running');
  return (
    <p className="contained flex items-center gap-2.5 text-ink-soft text-sm">
      <span className="flex w-4 justify-center" aria-hidden>
        <span className="size-2 animate-breathe rounded-full bg-accent" />
      </span>
      {run.status === 'queued' ? 'Waiting for a worker' : step ? step.title : 'Thinking'}
    </p>
  );
}
