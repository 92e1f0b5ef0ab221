import { desc, eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { CheckpointState } from '#lib/core/state.ts';
import { checkpoints } from '#lib/db/schema.ts';
import { toCheckpointState } from './find-checkpoint.ts';
import { requireThread } from './require-thread.ts';

/** Checkpoints of a thread, newest first, and which of them the working tree stands at. */
export async function listCheckpoints(
  context: Context,
  { threadId, limit = 200 }: { threadId: string; limit?: number },
): Promise<{ current: string | null; checkpoints: CheckpointState[] }> {
  const { state } = await requireThread(context, threadId);
  const rows = await context.database.db
    .select()
    .from(checkpoints)
    .where(eq(checkpoints.threadId, threadId))
    .orderBy(desc(checkpoints.number))
    .limit(limit);
  return { current: state.currentCheckpointId, checkpoints: rows.map(toCheckpointState) };
}
