import type { ThreadState } from '#lib/core/state.ts';

/** Finished calls that a device may still hear of: a checkpoint comes right after its call. */
const recentCalls = 8;

/** A state as a page needs it: what a run's finished calls put out stands in its items already, and need not travel twice. */
export function forPage(state: ThreadState, recent = recentCalls): ThreadState {
  const { run } = state;
  if (!run) return state;
  const finished = run.calls.filter(({ status }) => status === 'finished');
  const dropped = new Set(finished.slice(0, Math.max(0, finished.length - recent)));
  return dropped.size === 0 ? state : { ...state, run: { ...run, calls: run.calls.filter((call) => !dropped.has(call)) } };
}
