import { CannotPause } from '#workers/sandbox/sandbox.ts';
import { commitSession, judgeCommit, recordCheckpoint } from './checkpoint-session.ts';
import { loadSnapshot, type Sitting } from './sitting.ts';

/**
 * A look now and then at what the agent changed outside of its calls, or in one that takes long: every `checkpointEveryMs` of the run it becomes a
 * checkpoint, as far as the policy lets it stay unasked. The rest is asked for, or taken back, where the call or the turn ends.
 */
export function createSavingClock({
  context,
  session,
  sessionId,
}: Pick<Sitting, 'context' | 'session' | 'sessionId'>): () => Promise<void> {
  let lookedAt = Date.now();
  return async () => {
    const snapshot = await loadSnapshot(context);
    const { checkpointEveryMs } = snapshot.run.limits;
    if (!checkpointEveryMs || Date.now() - lookedAt < checkpointEveryMs) return;
    lookedAt = Date.now();
    const label = 'Saved by the clock while the agent worked';
    const committed = await session.paused(() => commitSession(context, snapshot, session.transaction, label)).catch(unlessPaused);
    if (!committed?.changed) return;
    const judged = await judgeCommit(context, snapshot, committed, { callId: sessionId, call: { tool: 'git_diff', args: {} } });
    if (judged.decision === 'allow') await recordCheckpoint(context, snapshot, committed, { label, kind: 'timed' });
  };
}

/** It is looked at again; a call that comes to its end is not. */
function unlessPaused(error: unknown): null {
  if (error instanceof CannotPause) return null;
  throw error;
}
