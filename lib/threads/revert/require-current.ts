import { findCheckpoint } from '#lib/checkpoints/find-checkpoint.ts';
import { type CheckpointState, currentCheckpoint, type ThreadState } from '#lib/core/state.ts';
import type { Database } from '#lib/db/connect-database.ts';

/** The checkpoint that the working tree stands at, also when a revert went further back than a state's window. */
export async function requireCurrent(database: Database, state: ThreadState): Promise<CheckpointState> {
  return currentCheckpoint(state) ?? findCheckpoint({ database }, state.threadId, state.currentCheckpointId ?? '');
}
