import type { Command } from '#lib/core/decide.ts';
import type { CheckpointData } from '#lib/core/event.ts';
import { newId } from '#lib/core/new-id.ts';
import type { CallState } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { commitChanges } from '#lib/git/commit/commit-changes.ts';
import { everyChange } from '#lib/git/diff/every-change.ts';
import { checkpointRef, setRefs, threadBranch } from '#lib/git/store/refs.ts';
import { readMarker } from '#lib/git/tree/tree-marker.ts';
import { judgeEffect, tellLost } from '#lib/policy/judge-effect.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { agentAuthor } from '#workers/run/call/commit-effect.ts';
import { type Enforcement, enforceRules } from '#workers/run/call/enforce-rules.ts';
import { findLost, isIrreplaceable } from '#workers/run/call/find-lost.ts';
import { type RunContext, type RunSnapshot, record } from '#workers/run/run-context.ts';
import type { Transaction } from '#workers/sandbox/sandbox.ts';
import { isPlanning } from './plan-phase.ts';

export type SessionCommit = Awaited<ReturnType<typeof commitSession>>;

/** All that the agent changed so far as one commit on the current checkpoint. Nothing points at it yet; the tree below stays as it is. */
export async function commitSession(context: RunContext, { state }: RunSnapshot, transaction: Transaction, message: string) {
  const [current, marker, touched] = await Promise.all([
    requireCurrent(context.database, state),
    readMarker(context.home.treeMarker(context.threadId)),
    transaction.changes(),
  ]);
  const committed = await commitChanges({
    store: context.home.store(state.projectId),
    parentCommit: current.commit,
    baseCommit: marker?.commit ?? current.commit,
    changes: touched,
    message,
    author: agentAuthor(context),
    at: new Date(),
    leftOutBefore: marker?.leftOut ?? [],
    signal: context.signal,
  });
  return { ...committed, current, touched };
}

const allOfTurn = 'All that came of this turn. Nothing of it is kept yet.';

export type Judged = Extract<Enforcement, { decision: 'allow' | 'deny' }> | { decision: 'ask'; reason: string };

/**
 * Whether what came of a call may stay unasked, what no checkpoint holds included. `ask` leaves it in the overlay: the end of the turn asks for all
 * of that at once.
 */
export async function judgeCommit(
  context: RunContext,
  snapshot: RunSnapshot,
  committed: SessionCommit,
  { callId, call }: { callId: string; call: ToolCall },
): Promise<Judged> {
  const { commit, changed, summary, touched, current } = committed;
  const enforced = await enforceRules(context, snapshot, { id: callId, from: current.commit, commit, summary, touched });
  if (enforced.decision !== 'allow') return enforced;
  const lost = await findLost(context, touched, isIrreplaceable);
  if (!changed && lost.length === 0) return { decision: 'allow' };
  const { run } = snapshot;
  if (run.judgement === 'turn' || run.dryRun || isPlanning(run))
    return { decision: 'ask', reason: [allOfTurn, ...(lost.length > 0 ? [tellLost(lost)] : [])].join(' ') };
  const files = await everyChange(context.home.store(snapshot.state.projectId), { from: current.commit, commit, summary });
  const verdict = judgeEffect({ call, mode: run.mode, changes: summary, files, lost });
  return verdict.decision === 'allow' ? { decision: 'allow' } : { decision: 'ask', reason: verdict.reason };
}

/**
 * Makes the commit the thread's current checkpoint, in one append with `finish` and `also`; the refs follow it. What changed nothing that a
 * checkpoint holds makes none.
 */
export async function recordCheckpoint(
  context: RunContext,
  { state, run }: RunSnapshot,
  committed: Pick<SessionCommit, 'commit' | 'summary' | 'current'>,
  {
    label,
    kind = 'step',
    call,
    finish,
    also = [],
  }: { label: string; kind?: 'step' | 'timed'; call?: CallState; finish?: Extract<Command, { type: 'finish-call' }>; also?: Command[] },
): Promise<void> {
  if (committed.commit === committed.current.commit) {
    const commands = [...(finish ? [finish] : []), ...also];
    if (commands.length > 0) await record(context, 'choir', commands);
    return;
  }
  const checkpoint: CheckpointData = {
    checkpointId: newId('cp'),
    number: state.checkpointCount,
    commit: committed.commit,
    parentCommit: committed.current.commit,
    kind,
    label,
    changes: committed.summary,
    callId: call?.callId,
    stepId: call?.stepId,
  };
  const made: Command = finish ? { ...finish, checkpoint } : { type: 'record-checkpoint', runId: run.runId, checkpoint };
  await record(context, 'choir', [made, ...also]);
  const { commit, number } = checkpoint;
  const refs = { [checkpointRef(state.threadId, number)]: commit, [threadBranch(state.threadId)]: commit };
  await setRefs({ store: context.home.store(state.projectId), refs });
}
