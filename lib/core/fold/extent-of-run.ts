import type { RunExtent, RunState } from '#lib/core/state.ts';

/** A run that ended well may have done less than its plan. Not every agent says how far its plan is: one that acted is believed. */
export function extentOfRun({ steps, calls }: Pick<RunState, 'steps' | 'calls'>): RunExtent {
  const done = steps.filter(({ status }) => status === 'done').length;
  const isUntold = calls.length > 0 && steps.every(({ status }) => status === 'pending');
  if (done === steps.length || isUntold) return 'whole';
  return done === 0 ? 'nothing' : 'part';
}
