import { authorOf } from '#lib/auth/require-person.ts';
import { heardStopped } from '#lib/bus/stopped-runs.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { newId } from '#lib/core/new-id.ts';
import { isActive, type RunState } from '#lib/core/state.ts';
import { accepted } from './accepted.ts';
import { askForWorker } from './ask-for-worker.ts';
import { withThreadLock } from './lock-thread.ts';
import { requireThread } from './require-thread.ts';

const stopWaitMs = 10_000;

/** Ends the thread's run and every process of it before it returns. Throws `conflict` when no run is working, and as `stopActiveRun`. */
export async function cancelRun(
  context: Context,
  { threadId, reason = 'Stopped by the person.' }: { threadId: string; reason?: string },
): Promise<void> {
  const { state, person } = await requireThread(context, threadId);
  await ending(context, threadId, state.run, async () => {
    accepted(await context.ledger.command(threadId, authorOf(person), [{ type: 'cancel-run', reason }]));
  });
}

/** Cancels the run that works now, if there is one. Throws `unavailable` when it has ended but no worker could end its processes yet. */
export async function stopActiveRun(context: Context, threadId: string, reason: string): Promise<void> {
  const { state, person } = await requireThread(context, threadId);
  if (!isActive(state.run)) return;
  await ending(context, threadId, state.run, async () => {
    const result = await context.ledger.command(threadId, authorOf(person), [{ type: 'cancel-run', reason }]);
    if (!result.ok && result.reason !== 'no-active-run') accepted(result);
  });
}

/**
 * The worker holds the thread's lock until the last process of the run is gone. A program with a session lives on without a worker while it
 * waits for a person: one is asked for, and says when it has ended it.
 */
async function ending(context: Context, threadId: string, run: RunState | null, cancel: () => Promise<void>): Promise<void> {
  const outlives = run?.session && !run.session.ended ? run.runId : null;
  const stopped = outlives ? heardStopped(context.bus, outlives, stopWaitMs) : Promise.resolve(true);
  await cancel();
  if (outlives) await askForWorker(context, { threadId, runId: outlives, key: newId('ev') });
  if (!(await stopped)) throw new DomainError('unavailable', 'The run is stopped. Its processes end as soon as a worker is free.');
  await withThreadLock(context.database, threadId, stopWaitMs, async () => {});
}
