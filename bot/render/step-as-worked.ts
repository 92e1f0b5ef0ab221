import type { StepState } from '#lib/core/state.ts';

/** How far a step came when its run worked: a revert of the conversation opens it again, and what a chat said of a run that is over stays true. */
export function stepAsWorked(step: StepState): StepState {
  const last = step.marks.at(-1);
  return last ? { ...step, status: last.status, note: last.note } : step;
}
