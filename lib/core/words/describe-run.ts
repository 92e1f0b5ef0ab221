import type { ActiveRun, RunExtent, RunStatus } from '../state.ts';

const extents: Record<RunExtent, string> = { whole: 'Done', part: 'Done in part', nothing: 'Nothing was done' };

const statuses: Record<Exclude<RunStatus, 'completed'>, string> = {
  queued: 'Waiting for a worker',
  running: 'Working',
  waiting: 'Waiting for you',
  failed: 'Failed',
  cancelled: 'Stopped',
};

/** What a run that is not over does now, in a few words: its step, or whom it waits for. */
export function describeRun({ status, steps }: Pick<ActiveRun, 'status' | 'steps'>): string {
  const step = status === 'running' && steps.find((candidate) => candidate.status === 'running');
  return step ? step.title : statuses[status];
}

/** How far a run is, or how it ended; `extent` says how much of its plan one did that is completed. */
export function describeStatus(status: RunStatus, extent: RunExtent | null = null): string {
  return status === 'completed' ? extents[extent ?? 'whole'] : statuses[status];
}
