import type { ApprovalState, CallState } from '#lib/core/state.ts';
import { pinAction } from '#lib/policy/pin-action.ts';
import { requireCurrent } from '#lib/threads/require-current.ts';
import { executeCall, failure, runCall } from './execute-call.ts';
import { keepCommit } from './keep-commit.ts';
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
    await conclude(context, approvalId, 'Not used: the files had changed since it was asked. Asking again.');
    await executeCall(context, snapshot, call);
    return;
  }
  if (action.effect) {
    const { commit, changes, contacted, result = failure('failed', 'The result was not kept.') } = action.effect;
    const also = [
      {
        type: 'execute-approval' as const,
        runId: context.runId,
        approvalId,
        outcome: `Kept ${changes.fileCount} ${changes.fileCount === 1 ? 'file' : 'files'}`,
      },
    ];
    const finish = { type: 'finish-call' as const, runId: context.runId, callId: call.callId, result, contacted };
    await keepCommit(context, snapshot, { transaction, committed: { commit, summary: changes }, call, finish, waited: true, also });
    return;
  }
  await runCall(context, snapshot, call, action.network, approval);
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
  const error = decision === 'reject' ? 'The person said no.' : 'The person asked for something else.';
  await record(context, 'choir', [
    { type: 'finish-call', runId: context.runId, callId: call.callId, result: failure('rejected', error), contacted },
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
