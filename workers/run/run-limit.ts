import type { Command } from '#lib/core/decide.ts';
import { describeAmount, describeLimit } from '#lib/core/describe-limit.ts';
import { limitReached } from '#lib/core/limit-reached.ts';
import { reportRun } from '#lib/core/report-run.ts';
import type { ReachedLimit } from '#lib/core/run-limits.ts';
import type { ApprovalState } from '#lib/core/state.ts';
import { requireCurrent } from '#lib/threads/require-current.ts';
import { requestApproval } from './ask-person.ts';
import { type RunContext, type RunSnapshot, record } from './run-context.ts';

/** Asks whether the run may go on when it has come to one of its limits. True: it has been asked, and must not go on. */
export async function stopAtLimit(context: RunContext, { state, run }: RunSnapshot): Promise<boolean> {
  const reached = limitReached(run, Date.now());
  if (!reached) return false;
  const current = await requireCurrent(context.database, state);
  await requestApproval(context, {
    kind: 'budget',
    action: { cwd: '.', network: false, baseCheckpointId: current.checkpointId, budget: reached },
    reason: whyItStops(reached),
  });
  return true;
}

/** The fold has raised the limit already, unless the answer was no: then the run ends here, and what it did stays. */
export async function applyLimitAnswer(context: RunContext, { state, run }: RunSnapshot, approval: ApprovalState): Promise<void> {
  const { approvalId, answer, action } = approval;
  const { runId } = run;
  const limit = action.budget ? describeAmount(action.budget.limit, action.budget.next) : '';
  const ends: Command[] =
    answer?.decision === 'reject'
      ? [{ type: 'complete-run', runId, summary: `Stopped at its limit.\n\n${reportRun(state, run, Date.now())}` }]
      : [];
  const outcome = ends.length > 0 ? 'The run ends here' : `It goes on up to ${limit}`;
  await record(context, 'choir', [{ type: 'execute-approval', runId, approvalId, outcome }, ...ends]);
}

function whyItStops(reached: ReachedLimit): string {
  const names = { budgetUsd: 'budget', maxIterations: 'limit of steps', timeMs: 'limit of time', scope: 'budget' } as const;
  return `The run has come to its ${names[reached.limit]}: ${describeLimit(reached)} Reject ends it, and what it did stays.`;
}
