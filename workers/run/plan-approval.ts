import type { ApprovalDecision } from '#lib/core/approval.ts';
import type { Command } from '#lib/core/decide.ts';
import type { PlanStep } from '#lib/core/plan.ts';
import type { ActiveRun, ApprovalState } from '#lib/core/state.ts';
import { canonicalJson } from '#lib/policy/canonical-json.ts';
import { pinAction } from '#lib/policy/pin-action.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { requestApproval } from './ask-person.ts';
import { dropDryRun, keepDryRun, restartDryRun } from './call/dry-run.ts';
import { plannedSteps } from './planned-steps.ts';
import { type RunContext, type RunSnapshot, record } from './run-context.ts';

/** In the mode `plan` each revision of the plan is agreed to before its first step runs. A dry run asks at its end instead. */
export function planNeedsApproval(run: ActiveRun): boolean {
  if (run.mode !== 'plan' || run.dryRun || run.steps.length === 0) return false;
  const shown = run.approvals.findLast((approval) => approval.kind === 'plan');
  return shown?.answer?.decision !== 'approve' || !samePlan(run, shown);
}

/** A step that keeps its name may say something else by now. */
function samePlan(run: ActiveRun, approval: ApprovalState): boolean {
  const wordsOf = ({ step_id, title, kind, notes }: PlanStep) => canonicalJson({ step_id, title, kind, notes });
  const shown = new Set(approval.action.steps?.map(wordsOf));
  return run.steps.every((step) => shown.has(wordsOf(step)));
}

export async function requestPlanApproval(context: RunContext, { state, run }: RunSnapshot): Promise<void> {
  const current = await requireCurrent(context.database, state);
  await requestApproval(context, {
    kind: 'plan',
    action: { steps: plannedSteps(run), cwd: '.', network: false, baseCheckpointId: current.checkpointId },
    reason: whyAsked(run),
  });
}

function whyAsked(run: ActiveRun): string {
  const before = run.approvals.findLast((approval) => approval.kind === 'plan');
  if (before && canonicalJson(before.action.steps) === canonicalJson(plannedSteps(run)))
    return 'The plan stays as it was. Approve to carry it out, or say it in other words.';
  return run.calls.length === 0
    ? 'Nothing has run yet. Approve to carry out this plan.'
    : 'The plan has changed. Approve to go on with it.';
}

export async function applyPlanAnswer(
  context: RunContext,
  snapshot: RunSnapshot,
  approval: ApprovalState,
  decision: ApprovalDecision,
): Promise<void> {
  const { approvalId, action } = approval;
  const outcome = (text: string): Command => ({ type: 'execute-approval', runId: context.runId, approvalId, outcome: text });
  const { hash, ...pinned } = action;
  if (pinAction(pinned) !== hash) throw new Error(`The plan of approval ${approvalId} does not match its hash.`);
  if (decision === 'approve') {
    if (snapshot.run.dryRun) await keepDryRun(context, snapshot, approval);
    else await record(context, 'choir', [outcome('The plan runs')]);
    return;
  }
  if (decision === 'modify') {
    if (snapshot.run.dryRun) await restartDryRun(context, snapshot, [outcome('Nothing was kept; the agent plans again')]);
    else await record(context, 'choir', [outcome('The agent plans again')]);
    return;
  }
  if (snapshot.run.dryRun) await dropDryRun(context);
  const untaken: Command[] = snapshot.run.dryRun
    ? snapshot.run.steps
        .filter(({ status }) => status !== 'skipped')
        .map(({ step_id }) => ({
          type: 'finish-step',
          runId: context.runId,
          stepId: step_id,
          status: 'skipped',
          note: 'Nothing of it was kept.',
        }))
    : [];
  await record(context, 'choir', [
    ...untaken,
    outcome('Nothing was done'),
    { type: 'complete-run', runId: context.runId, summary: 'The plan was rejected. Nothing was changed.' },
  ]);
}
