import type { Effect } from '#lib/core/approval.ts';
import type { ApprovalState, CallState, CheckpointState } from '#lib/core/state.ts';
import { refusalWords } from '#lib/core/words/refusal-words.ts';
import { pinAction } from '#lib/policy/pin-action.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import type { Transaction } from '../sandbox/sandbox.ts';
import { enforceRules } from './call/enforce-rules.ts';
import { executeCall } from './call/execute-call.ts';
import { keepCommit } from './call/keep-commit.ts';
import { failure } from './call/tool-result.ts';
import { commitChosen } from './commit-chosen.ts';
import { filesChanged } from './kept-words.ts';
import { applyPlanAnswer } from './plan-approval.ts';
import { type RunContext, RunOver, type RunSnapshot, record } from './run-context.ts';
import { applyLimitAnswer } from './run-limit.ts';

/** Carries out what a person answered, exactly as it was shown. */
export async function applyAnswer(context: RunContext, snapshot: RunSnapshot, approval: ApprovalState): Promise<void> {
  const { approvalId, answer } = approval;
  if (!approval.deliveredAt) await record(context, 'choir', [{ type: 'deliver-approval', runId: context.runId, approvalId }]);
  if (!answer) throw new RunOver('This approval has no answer.');
  if (approval.kind === 'plan') {
    await applyPlanAnswer(context, snapshot, approval, answer.decision);
    return;
  }
  if (approval.kind === 'budget') {
    await applyLimitAnswer(context, snapshot, approval);
    return;
  }
  const call = snapshot.run.calls.find((candidate) => candidate.callId === approval.callId);
  if (!call) {
    await conclude(
      context,
      approvalId,
      answer.decision === 'approve' ? 'Trying again' : answer.decision === 'reject' ? 'Given up' : 'Changed',
    );
    return;
  }
  if (call.status === 'finished' || call.status === 'running') {
    await conclude(context, approvalId, 'Interrupted');
    return;
  }
  if (answer.decision === 'approve') await approveCall(context, snapshot, approval, call);
  else await refuseCall(context, approval, call, answer.decision);
}

async function approveCall(context: RunContext, snapshot: RunSnapshot, approval: ApprovalState, call: CallState): Promise<void> {
  const { approvalId, action } = approval;
  const current = await requireCurrent(context.database, snapshot.state);
  const { hash, ...pinned } = action;
  if (pinAction(pinned) !== hash) throw new Error(`The action of approval ${approvalId} does not match its hash.`);
  const transaction = await context.sandbox.begin({ threadId: context.threadId, id: call.callId });

  if (action.baseCheckpointId !== current.checkpointId) {
    await transaction.drop();
    await conclude(context, approvalId, filesChanged);
    await executeCall(context, snapshot, call);
    return;
  }
  if (action.effect) await keepEffect(context, snapshot, { approval, call, current, transaction, effect: action.effect });
  else await executeCall(context, snapshot, call, approval);
}

type Approved = { approval: ApprovalState; call: CallState; current: CheckpointState; transaction: Transaction; effect: Effect };

/** Keeps the bytes that were shown, all or the part that the person chose, unless a rule that came meanwhile forbids it. */
async function keepEffect(context: RunContext, snapshot: RunSnapshot, approved: Approved): Promise<void> {
  const { approval, call, current, transaction, effect } = approved;
  const { result = failure('failed', 'The result was not kept.'), contacted } = effect;
  const { runId } = context;
  const message = call.explanation || call.call.tool;
  const { outcome, ...committed } = await commitChosen(context, snapshot, { approval, effect, current, message });
  const concluded = (outcome: string) => ({ type: 'execute-approval' as const, runId, approvalId: approval.approvalId, outcome });
  const finish = { type: 'finish-call' as const, runId, callId: call.callId, result, contacted };
  const touched = committed.inPart ? [] : await transaction.changes();
  const enforced = await enforceRules(context, snapshot, { id: call.callId, from: current.commit, ...committed, touched });
  if (enforced.decision === 'deny') {
    await transaction.drop();
    const refused = { ...finish, result: { ...result, status: 'denied' as const, error: enforced.reason } };
    await record(context, 'choir', [refused, concluded('Nothing was kept: a rule forbids it'), ...enforced.commands]);
    return;
  }
  await keepCommit(context, snapshot, { transaction, committed, call, finish, waited: true, also: [concluded(outcome)] });
}

async function refuseCall(
  context: RunContext,
  { approvalId, action }: ApprovalState,
  call: CallState,
  decision: 'reject' | 'modify',
): Promise<void> {
  const contacted = action.effect?.contacted;
  const transaction = await context.sandbox.begin({ threadId: context.threadId, id: call.callId });
  await transaction.drop();
  await record(context, 'choir', [
    { type: 'finish-call', runId: context.runId, callId: call.callId, result: failure('rejected', refusalWords(decision)), contacted },
    {
      type: 'execute-approval',
      runId: context.runId,
      approvalId,
      outcome: decision === 'reject' ? 'Nothing was kept' : 'Nothing was kept; the agent plans again',
    },
  ]);
}

async function conclude(context: RunContext, approvalId: string, outcome: string): Promise<void> {
  await record(context, 'choir', [{ type: 'execute-approval', runId: context.runId, approvalId, outcome }]);
}
