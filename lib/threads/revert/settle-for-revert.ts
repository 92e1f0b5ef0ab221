import { z } from 'zod';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { stopActiveRun } from '#lib/threads/cancel-run.ts';
import { personWaitMs, withThreadLock } from '#lib/threads/lock-thread.ts';
import { settleTree } from './settle-tree.ts';

/** What any revert takes besides what it takes back. */
export const revertTerms = {
  reason: z.string().max(2_000).default(''),
  dryRun: z.boolean().default(false),
  expectedCurrent: z
    .string()
    .optional()
    .describe('the current checkpoint of the preview that was confirmed; another one now is a conflict'),
};

type Settled = Awaited<ReturnType<typeof settleTree>>;

/**
 * What comes before every revert: the run that works is stopped, the thread is held, and what was changed by hand is parked. `expectedCurrent` is the
 * current checkpoint of the preview that was confirmed. Throws `conflict` when the thread moved on since then.
 */
export async function settleForRevert<Result>(
  context: Context,
  { state, expectedCurrent }: { state: ThreadState; expectedCurrent?: string },
  revert: (settled: Settled, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { threadId } = state;
  requireUnmoved(state, expectedCurrent);
  await stopActiveRun(context, threadId, 'Stopped for a revert.');
  return withThreadLock(context.database, threadId, personWaitMs, async (signal) => {
    requireUnmoved(await context.ledger.load(threadId), expectedCurrent);
    return revert(await settleTree(context, { threadId, kind: 'parked', signal }), signal);
  });
}

function requireUnmoved({ currentCheckpointId }: ThreadState, expectedCurrent: string | undefined): void {
  if (!expectedCurrent || expectedCurrent === currentCheckpointId) return;
  throw new DomainError('conflict', 'The thread has moved on since this preview. Look at the new preview and confirm again.', {
    reason: 'checkpoint-moved',
  });
}
