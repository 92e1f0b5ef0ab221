import type { CheckpointData } from '../event.ts';
import type { ThreadState } from '../state.ts';

/** Whether a checkpoint was made of the current one: else it would take back, without a word, what became current meanwhile. */
export function standsOnCurrent({ checkpoints, currentCheckpointId }: ThreadState, { parentCommit }: CheckpointData): boolean {
  const current = checkpoints.findLast(({ checkpointId }) => checkpointId === currentCheckpointId);
  return !current || parentCommit === null || parentCommit === current.commit;
}

export const movedOn = 'The files changed while this checkpoint was made.';
