import { keepsPart } from '#lib/core/keep-part.ts';
import { type CallState, isActive, openApprovals, type RunState, type ThreadState } from '#lib/core/state.ts';
import { setAsideEdits } from '#lib/git/tree/set-aside-edits.ts';
import { readMarker } from '#lib/git/tree/tree-marker.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import type { Transaction } from '../sandbox/sandbox.ts';
import { dryRunId, isDryPhase } from './call/dry-phase.ts';
import type { RunContext } from './run-context.ts';

type Places = Pick<RunContext, 'ledger' | 'sandbox' | 'database' | 'home' | 'threadId'>;

/** Overlays that an earlier worker left: one whose commit is the current checkpoint is kept to its end, one that waits for an answer stays, the rest goes. */
export async function recoverTransactions(context: Places): Promise<void> {
  const state = await context.ledger.load(context.threadId);
  for (const id of await context.sandbox.open(context.threadId)) {
    const fate = fateOf(state, id);
    if (fate === 'wait') continue;
    const transaction = await context.sandbox.begin({ threadId: context.threadId, id });
    if (fate === 'keep') {
      await makeWay(context, state, transaction);
      await transaction.keep();
    } else await transaction.drop();
  }
}

/** An edit by hand since the crash does not go under. */
async function makeWay({ database, home }: Places, state: ThreadState, transaction: Transaction): Promise<void> {
  const marker = await readMarker(home.treeMarker(state.threadId));
  const { commit } = await requireCurrent(database, state);
  const changes = await transaction.changes();
  const store = home.store(state.projectId);
  const places = { store, tree: home.tree(state.threadId), leftOut: marker?.leftOut ?? [] };
  await setAsideEdits({ ...places, commit: marker?.commit ?? commit, changes });
}

/** Pure: what becomes of the overlay `id` in this state. */
export function fateOf(state: ThreadState, id: string): 'keep' | 'wait' | 'drop' {
  const { run } = state;
  if (!run) return 'drop';
  if (id === dryRunId(run.runId)) {
    if (isActive(run) && isDryPhase(run)) return 'wait';
    const planned = run.approvals.findLast((approval) => approval.kind === 'plan');
    if (isActive(run) && planned?.answer?.decision === 'approve' && !planned.executed) return 'wait';
    const current = state.checkpoints.findLast((checkpoint) => checkpoint.checkpointId === state.currentCheckpointId);
    return planned?.executed && planned.action.effect?.commit === current?.commit ? 'keep' : 'drop';
  }
  if (id === run.session?.sessionId) return fateOfSession(state, run);
  const call = run.calls.find((candidate) => candidate.callId === id);
  if (!call) return 'drop';
  if (call.status === 'finished' && call.checkpointId === undefined) return isActive(run) && wentThrough(call, run.calls) ? 'keep' : 'drop';
  const isCurrent = call.checkpointId !== undefined && call.checkpointId === state.currentCheckpointId;
  const inPart = run.approvals.some((approval) => approval.callId === id && keepsPart(approval));
  if (call.status === 'finished') return isCurrent && !inPart ? 'keep' : 'drop';
  const waits =
    openApprovals(state).some((approval) => approval.callId === id) ||
    run.approvals.some((approval) => approval.callId === id && approval.answer && !approval.executed);
  return isActive(run) && waits ? 'wait' : 'drop';
}

/** The newest call, whose effect was nothing that git holds. */
function wentThrough(call: CallState, calls: CallState[]): boolean {
  return calls.at(-1) === call && (call.result?.status === 'succeeded' || call.result?.status === 'failed');
}

/** A session's overlay is its run's for as long as that lasts, and became the tree when all of it was kept. */
function fateOfSession({ checkpoints, currentCheckpointId }: ThreadState, run: RunState): 'keep' | 'wait' | 'drop' {
  if (isActive(run)) return 'wait';
  const isNewest = checkpoints.at(-1)?.checkpointId === currentCheckpointId;
  return run.status === 'completed' && run.session?.ended === 'done' && isNewest ? 'keep' : 'drop';
}
