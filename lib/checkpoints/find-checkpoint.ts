import { and, eq, or } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { CheckpointState, ThreadState } from '#lib/core/state.ts';
import { checkpoints } from '#lib/db/schema.ts';

export type CheckpointRow = typeof checkpoints.$inferSelect;

/** A row as the fold has a checkpoint; `at` becomes an ISO instant. */
export function toCheckpointState({ id, threadId: _, at, name, runId, stepId, callId, takesBack, ...row }: CheckpointRow): CheckpointState {
  return {
    ...row,
    checkpointId: id,
    at: at.toISOString(),
    name: name ?? undefined,
    runId: runId ?? undefined,
    stepId: stepId ?? undefined,
    callId: callId ?? undefined,
    takesBack: takesBack ?? undefined,
  };
}

/** A checkpoint of this thread by id, number or name, in this order (the newest of that name). Throws `not-found`. */
export async function findCheckpoint({ database }: Pick<Context, 'database'>, threadId: string, wanted: string): Promise<CheckpointState> {
  const number = /^#?(\d{1,9})$/.exec(wanted)?.[1];
  const rows = await database.db
    .select()
    .from(checkpoints)
    .where(
      and(
        eq(checkpoints.threadId, threadId),
        or(eq(checkpoints.id, wanted), eq(checkpoints.name, wanted), number ? eq(checkpoints.number, Number(number)) : undefined),
      ),
    );
  const found =
    rows.find((row) => row.id === wanted) ??
    rows.find((row) => row.number === Number(number)) ??
    rows.toSorted((left, right) => right.number - left.number)[0];
  if (!found) throw new DomainError('not-found', 'This thread has no such checkpoint.');
  return toCheckpointState(found);
}

/** The same, and by what a point of a thread may be called besides: `current` or `start`. Throws `not-found`. */
export function findPointCheckpoint(context: Pick<Context, 'database'>, state: ThreadState, point: string): Promise<CheckpointState> {
  const wanted = point === 'current' ? (state.currentCheckpointId ?? '') : point === 'start' ? '0' : point;
  return findCheckpoint(context, state.threadId, wanted);
}
