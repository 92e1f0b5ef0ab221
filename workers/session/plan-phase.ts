import type { Command } from '#lib/core/decide.ts';
import { type ActiveRun, type ApprovalState, openApprovals } from '#lib/core/state.ts';
import { applyPlanAnswer, requestPlanApproval } from '#workers/run/plan-approval.ts';
import { type RunContext, type RunSnapshot, record } from '#workers/run/run-context.ts';
import type { Transaction } from '#workers/sandbox/sandbox.ts';
import { cleanText } from './acp/clean-text.ts';
import { loadSnapshot } from './sitting.ts';

/** In the mode `plan` the agent only looks around until the person has agreed to what it is going to do: nothing that it changes meanwhile is kept. */
export function isPlanning({ mode, dryRun, approvals }: ActiveRun): boolean {
  return mode === 'plan' && !dryRun && !approvals.some(({ kind, answer }) => kind === 'plan' && answer?.decision === 'approve');
}

/** The agent has said what it would do: that is asked for, as its own list of steps where it made one, else in its own words. */
export async function askForPlan(context: RunContext, sessionId: string, transaction: Transaction, words: string): Promise<void> {
  await transaction.drop();
  const { run } = await loadSnapshot(context);
  const { runId } = run;
  const title = cleanText(words.trim().split('\n')[0] || 'What the agent is going to do', 300);
  const planned: Command[] =
    run.steps.length > 0
      ? []
      : [
          {
            type: 'propose-plan',
            runId,
            reason: 'In the agent’s own words.',
            steps: [{ step_id: 'plan', title, kind: 'edit', depends_on: [], notes: cleanText(words, 100_000) }],
          },
        ];
  await record(context, 'agent', [...planned, { type: 'end-session', runId, sessionId, reason: 'parked', detail: '' }]);
  const snapshot = await loadSnapshot(context);
  if (openApprovals(snapshot.state).length === 0) await requestPlanApproval(context, snapshot);
}

export async function answerPlan(context: RunContext, snapshot: RunSnapshot, approval: ApprovalState): Promise<void> {
  const { approvalId, deliveredAt, answer } = approval;
  if (!answer) return;
  if (!deliveredAt) await record(context, 'choir', [{ type: 'deliver-approval', runId: context.runId, approvalId }]);
  await applyPlanAnswer(context, snapshot, approval, answer.decision);
}
