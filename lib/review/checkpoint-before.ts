import { and, desc, eq } from 'drizzle-orm';
import { toCheckpointState } from '#lib/checkpoints/find-checkpoint.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { CheckpointState } from '#lib/core/state.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { checkpoints } from '#lib/db/schema.ts';

/** The checkpoint of a thread that holds a commit; null when none does. */
export async function checkpointOf({ db }: Database, threadId: string, commit: string): Promise<CheckpointState | null> {
  const [row] = await db
    .select()
    .from(checkpoints)
    .where(and(eq(checkpoints.threadId, threadId), eq(checkpoints.commit, commit)))
    .orderBy(desc(checkpoints.number))
    .limit(1);
  return row ? toCheckpointState(row) : null;
}

/** The checkpoint that another one was made on. Throws `not-found` for the first. */
export async function checkpointBefore(database: Database, threadId: string, { parentCommit }: CheckpointState): Promise<CheckpointState> {
  const before = parentCommit ? await checkpointOf(database, threadId, parentCommit) : null;
  if (!before) throw new DomainError('not-found', 'Nothing came before this checkpoint.');
  return before;
}
