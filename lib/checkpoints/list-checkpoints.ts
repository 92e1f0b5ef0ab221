import { and, desc, eq, lt } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { CheckpointState } from '#lib/core/state.ts';
import { checkpoints } from '#lib/db/schema.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { toCheckpointState } from './find-checkpoint.ts';

/** Checkpoints of a thread, newest first, and which of them the working tree stands at. `before`: only those with a smaller number. */
export async function listCheckpoints(
  context: Context,
  { threadId, limit = 200, before }: { threadId: string; limit?: number; before?: number },
): Promise<{ current: string | null; checkpoints: CheckpointState[] }> {
  const { state } = await requireThread(context, threadId);
  const rows = await context.database.db
    .select()
    .from(checkpoints)
    .where(and(eq(checkpoints.threadId, threadId), before === undefined ? undefined : lt(checkpoints.number, before)))
    .orderBy(desc(checkpoints.number))
    .limit(limit);
  return { current: state.currentCheckpointId, checkpoints: rows.map(toCheckpointState) };
}
