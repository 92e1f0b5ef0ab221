import type { Effect } from '#lib/core/approval.ts';
import type { LeftOut } from '#lib/core/change.ts';
import type { Command } from '#lib/core/decide.ts';
import { keepsPart } from '#lib/core/keep-part.ts';
import { newId } from '#lib/core/new-id.ts';
import type { ApprovalState } from '#lib/core/state.ts';
import { closingWords } from '#lib/core/words/report-run.ts';
import { proposalRef, setRefs } from '#lib/git/store/refs.ts';
import { readMarker, writeMarker } from '#lib/git/tree/tree-marker.ts';
import { pinAction } from '#lib/policy/pin-action.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { settleTree } from '#lib/threads/revert/settle-tree.ts';
import { requestApproval } from '#workers/run/ask-person.ts';
import { enforceRules } from '#workers/run/call/enforce-rules.ts';
import { commitChosen } from '#workers/run/commit-chosen.ts';
import { filesChanged } from '#workers/run/kept-words.ts';
import { authorIn, type RunContext, type RunSnapshot, record } from '#workers/run/run-context.ts';
import type { Transaction } from '#workers/sandbox/sandbox.ts';
import { commitSession, judgeCommit, recordCheckpoint, type SessionCommit } from './checkpoint-session.ts';
import { askForPlan, isPlanning } from './plan-phase.ts';
import { loadSnapshot } from './sitting.ts';

const wholeTurn = { tool: 'git_diff' as const, args: {} };

/**
 * The agent's turns are over and its program is stopped: what it changed is kept, or asked for as a whole. The tree below follows. `also` is written in
 * the append that comes last.
 */
export async function finishSession(context: RunContext, sessionId: string, transaction: Transaction, also: Command[] = []): Promise<void> {
  await closeAnswers(context);
  const snapshot = await loadSnapshot(context);
  if (isPlanning(snapshot.run)) return askForPlan(context, sessionId, transaction, lastWords(snapshot));
  const committed = await commitSession(context, snapshot, transaction, label(snapshot));
  const judged = await judgeCommit(context, snapshot, committed, { callId: sessionId, call: wholeTurn });
  if (judged.decision === 'deny') {
    await record(context, 'choir', judged.commands);
    await dropSession(context, transaction, also);
  } else if (judged.decision === 'ask') await askForTurn(context, snapshot, sessionId, { committed, reason: judged.reason, also });
  else {
    await recordCheckpoint(context, snapshot, committed, { label: label(snapshot) });
    await keepSession(context, sessionId, transaction, { leftOut: committed.summary.leftOut, also });
  }
}

async function askForTurn(
  context: RunContext,
  { state, run }: RunSnapshot,
  sessionId: string,
  { committed, reason, also }: { committed: SessionCommit; reason: string; also: Command[] },
): Promise<void> {
  const { commit, summary, current } = committed;
  const approvalId = newId('ap');
  await setRefs({ store: context.home.store(state.projectId), refs: { [proposalRef(state.threadId, approvalId)]: commit } });
  await requestApproval(context, {
    approvalId,
    kind: 'turn',
    action: { cwd: '.', network: false, baseCheckpointId: current.checkpointId, effect: { commit, changes: summary } },
    reason,
    first: [...also, { type: 'end-session', runId: run.runId, sessionId, reason: 'parked', detail: '' }],
  });
}

/**
 * Carries out the answer to what came of a turn, or what a crash left of that. `again`: the agent goes on with it; only then it does, so that nothing
 * that a person dropped comes back by its hand.
 */
export async function applyTurnAnswer(
  context: RunContext,
  snapshot: RunSnapshot,
  approval: ApprovalState,
  sessionId: string,
): Promise<'again' | 'done'> {
  const { approvalId, answer, action } = approval;
  const { hash, ...pinned } = action;
  const runId = context.runId;
  const executed = (outcome: string): Command => ({ type: 'execute-approval', runId, approvalId, outcome });
  if (!approval.deliveredAt) await record(context, 'choir', [{ type: 'deliver-approval', runId, approvalId }]);
  if (answer?.decision === 'modify') {
    await record(context, 'choir', [executed('The agent works on it again')]);
    return 'again';
  }
  const transaction = await context.sandbox.begin({ threadId: context.threadId, id: sessionId });
  const { effect } = action;
  if (approval.executed && effect) {
    await endTurn(context, { approval, effect, sessionId, transaction });
    return 'done';
  }
  if (answer?.decision !== 'approve' || !effect) {
    await dropSession(context, transaction, [executed('Nothing was kept')]);
    return 'done';
  }
  if (pinAction(pinned) !== hash) throw new Error(`The effect of approval ${approvalId} does not match its hash.`);
  const current = await requireCurrent(context.database, snapshot.state);
  if (current.checkpointId !== action.baseCheckpointId) {
    await finishSession(context, sessionId, transaction, [executed(filesChanged)]);
    return 'done';
  }
  const chosen = { approval, effect, current, message: label(snapshot) };
  const { inPart, outcome, ...kept } = await commitChosen(context, snapshot, chosen);
  const touched = inPart ? [] : await transaction.changes();
  const enforced = await enforceRules(context, snapshot, { id: approvalId, from: current.commit, ...kept, touched });
  if (enforced.decision === 'deny') {
    await dropSession(context, transaction, [executed('Nothing was kept: a rule forbids it'), ...enforced.commands]);
    return 'done';
  }
  await recordCheckpoint(context, snapshot, { ...kept, current }, { label: label(snapshot), also: [executed(outcome)] });
  await endTurn(context, { approval, effect, sessionId, transaction });
  return 'done';
}

type Kept = { approval: ApprovalState; effect: Effect; sessionId: string; transaction: Transaction };

async function endTurn(context: RunContext, { approval, effect, sessionId, transaction }: Kept): Promise<void> {
  if (keepsPart(approval)) await dropSession(context, transaction, []);
  else await keepSession(context, sessionId, transaction, { leftOut: effect.changes.leftOut });
}

/** The tree becomes what the overlay shows, which is the current checkpoint. A crash behind the append is finished by `recoverTransactions`. */
async function keepSession(
  context: RunContext,
  sessionId: string,
  transaction: Transaction,
  { leftOut, also = [] }: { leftOut: LeftOut[]; also?: Command[] },
): Promise<void> {
  const snapshot = await loadSnapshot(context);
  const { runId } = context;
  const current = await requireCurrent(context.database, snapshot.state);
  await record(context, 'choir', [
    ...also,
    { type: 'end-session', runId, sessionId, reason: 'done', detail: '' },
    { type: 'complete-run', runId, summary: lastWords(snapshot) },
  ]);
  await transaction.keep();
  const file = context.home.treeMarker(context.threadId);
  const marker = await readMarker(file);
  await writeMarker(file, { scannedAtMs: marker?.scannedAtMs ?? 0, commit: current.commit, leftOut });
}

/** What is in no checkpoint is gone; the tree becomes the current one. */
async function dropSession(context: RunContext, transaction: Transaction, first: Command[]): Promise<void> {
  const summary = lastWords(await loadSnapshot(context));
  await transaction.drop();
  await record(context, 'choir', [...first, { type: 'complete-run', runId: context.runId, summary }]);
  await settleTree(context, { threadId: context.threadId, kind: 'person', author: authorIn(context, 'choir') });
}

/** Answers that the agent never came back to. */
async function closeAnswers(context: RunContext): Promise<void> {
  const { run } = await loadSnapshot(context);
  const left = run.approvals.filter(({ answer, executed, kind }) => answer && !executed && (kind === 'action' || kind === 'outside'));
  const commands = left.flatMap(({ approvalId, deliveredAt, answer }): Command[] => [
    ...(deliveredAt ? [] : [{ type: 'deliver-approval' as const, runId: run.runId, approvalId }]),
    {
      type: 'execute-approval',
      runId: run.runId,
      approvalId,
      outcome: answer?.decision === 'approve' ? 'Not used: the agent went on without it' : 'Nothing was done',
    },
  ]);
  if (commands.length > 0) await record(context, 'choir', commands);
}

function lastWords({ state, run }: RunSnapshot): string {
  const said = state.items.findLast((item) => item.kind === 'message' && item.runId === run.runId && item.actor === 'agent');
  return closingWords(state, run, said?.kind === 'message' ? said.text : 'The agent ended its turn.');
}

function label({ run }: RunSnapshot): string {
  return run.goal.slice(0, 200);
}
