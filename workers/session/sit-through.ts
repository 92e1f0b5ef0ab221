import { settleTree } from '#lib/threads/revert/settle-tree.ts';
import { authorIn, type RunContext, RunOver, record } from '#workers/run/run-context.ts';
import { CannotPause, type Session } from '#workers/sandbox/sandbox.ts';
import { cleanText } from './acp/clean-text.ts';
import { AgentRefused, MustBeUndone, ProgramCrashed, ProgramEnded, SessionTaken } from './endings.ts';
import { finishSession } from './finish-session.ts';
import { loadSnapshot } from './sitting.ts';

/** How a sitting came out. `crashed`: the program may be started again. `undone`: it broke a rule, and all that is in no checkpoint is gone. */
export type Outcome = { kind: 'done' } | { kind: 'crashed' } | { kind: 'undone'; reason: string };

const detailLimit = 1_000;

/**
 * Sits with a program that is open. It is left running for the next worker where a person must answer, and stopped where it came to its end: the
 * session's changes are settled then. Throws `RunOver`, and `AgentRefused` when it cannot be worked with.
 */
export async function sitThrough(
  context: RunContext,
  { session, sessionId }: { session: Session; sessionId: string },
  sit: () => Promise<'over' | 'waits'>,
): Promise<Outcome> {
  const { threadId, runId } = context;
  let isStopped = false;
  async function stop(): Promise<void> {
    await session.stop();
    isStopped = true;
  }
  const end = (reason: 'crashed' | 'limit' | 'cancelled', detail: string) =>
    record(context, 'choir', [{ type: 'end-session', runId, sessionId, reason, detail: cleanText(detail, detailLimit) }]);
  try {
    if ((await sit()) === 'over') {
      await stop();
      await finishSession(context, sessionId, session.transaction);
    }
    return { kind: 'done' };
  } catch (error) {
    if (error instanceof SessionTaken) throw new RunOver(error.message);
    if (error instanceof ProgramEnded || error instanceof CannotPause) {
      if (!(error instanceof ProgramCrashed)) await stop();
      await end('crashed', error.message);
      const { run } = await loadSnapshot(context);
      // One that the ledger never knew of is followed by one of another name.
      if (run.session?.sessionId !== sessionId) await session.transaction.drop();
      return { kind: 'crashed' };
    }
    if (!(error instanceof MustBeUndone || error instanceof AgentRefused)) throw error;
    await stop();
    // Why it was refused is what the run ends with.
    await (error instanceof MustBeUndone ? end('limit', error.message) : end('cancelled', ''));
    await session.transaction.drop();
    if (error instanceof AgentRefused) throw error;
    await settleTree(context, { threadId, kind: 'person', author: authorIn(context, 'choir') });
    return { kind: 'undone', reason: error.message };
  } finally {
    if (!isStopped) await session.detach();
  }
}
