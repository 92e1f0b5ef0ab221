import { authorOf } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { isActive } from '#lib/core/state.ts';
import { accepted } from './accepted.ts';
import { withThreadLock } from './lock-thread.ts';
import { requireThread } from './require-thread.ts';

const stopWaitMs = 10_000;

/** Ends the thread's run and every process of it before it returns. Throws `conflict` when no run is working. */
export async function cancelRun(
  context: Context,
  { threadId, reason = 'Stopped by the person.' }: { threadId: string; reason?: string },
): Promise<void> {
  const { person } = await requireThread(context, threadId);
  accepted(await context.ledger.command(threadId, authorOf(person), [{ type: 'cancel-run', reason }]));
  await runStopped(context, threadId);
}

/** Cancels the run that works now, if there is one. */
export async function stopActiveRun(context: Context, threadId: string, reason: string): Promise<void> {
  const { state, person } = await requireThread(context, threadId);
  if (!isActive(state.run)) return;
  const result = await context.ledger.command(threadId, authorOf(person), [{ type: 'cancel-run', reason }]);
  if (!result.ok && result.reason !== 'no-active-run') accepted(result);
  await runStopped(context, threadId);
}

/** The worker holds the thread's lock until the last process of the run is gone. */
async function runStopped({ database }: Context, threadId: string): Promise<void> {
  await withThreadLock(database, threadId, stopWaitMs, async () => {});
}
