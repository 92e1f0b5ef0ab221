import type { RunState } from '#lib/core/state.ts';

/** How the reason for an agent begins that nobody named. */
export const bestFitReason = 'the default';

/** Whether Choir chose who works, and chooses anew for the next goal. */
export function isBestFit({ agentReason }: Pick<RunState, 'agentReason'>): boolean {
  return agentReason.startsWith(bestFitReason);
}
