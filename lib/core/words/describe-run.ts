import type { ActiveRun } from '../state.ts';

/** What a run that is not over does now, in a few words: its step, or whom it waits for. */
export function describeRun(run: Pick<ActiveRun, 'status' | 'steps'>): string {
  if (run.status === 'queued') return 'Waiting for a worker';
  if (run.status === 'waiting') return 'Waiting for you';
  return run.steps.find(({ status }) => status === 'running')?.title ?? 'Working';
}
