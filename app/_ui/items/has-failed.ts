import type { CallState } from '#lib/core/state.ts';

/** Whether a call ended otherwise than it should have. One that a person wants done differently did not fail. */
export function hasFailed({ status, result, modified }: CallState): boolean {
  return status === 'finished' && result?.status !== 'succeeded' && !modified;
}
