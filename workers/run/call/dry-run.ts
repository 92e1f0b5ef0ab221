import type { ChangeSummary } from '#lib/core/change.ts';
import type { Command } from '#lib/core/decide.ts';
import { newId } from '#lib/core/new-id.ts';
import { PlanStep } from '#lib/core/plan.ts';
import type { ActiveRun, ApprovalState, CallState, CheckpointState } from '#lib/core/state.ts';
import { proposalRef, setRefs } from '#lib/git/store/refs.ts';
import { tellLost } from '#lib/policy/judge-effect.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { requestApproval } from '#workers/run/ask-person.ts';
import { plannedSteps } from '#workers/run/planned-steps.ts';
import { type RunContext, type RunSnapshot, record } from '#workers/run/run-context.ts';
import { carryOut } from './carry-out.ts';
import { commitEffect } from './commit-effect.ts';
import { dryRunId } from './dry-phase.ts';
import { enforceRules } from './enforce-rules.ts';
import { findLost, isIrreplaceable } from './find-lost.ts';
import { hostTool } from './host-tools.ts';
import { judgeNow } from './judge-now.ts';
import { keepCommit } from './keep-commit.ts';
import { failure } from './tool-result.ts';

const notInDryRun = 'Not run in the dry run: it reaches outside the project, or a rule wants it asked for first.';

const tried = 'The whole plan ran on a copy, and nothing of it is kept yet. Approve to keep exactly these changes.';
const triedInVain = 'The plan ran on a copy and changed no file.';

function begin(context: RunContext) {
  return context.sandbox.begin({ threadId: context.threadId, id: dryRunId(context.runId) });
}

export async function executeDryCall(context: RunContext, snapshot: RunSnapshot, call: CallState): Promise<void> {
  const { state, run } = snapshot;
  const { callId } = call;
  const { verdict } = await judgeNow(context, snapshot, call.call);
  const finish = (result: ReturnType<typeof failure>): Command => ({ type: 'finish-call', runId: run.runId, callId, result });
  const onHost = hostTool(call.call);
  if (verdict.decision === 'deny') return void (await record(context, 'choir', [finish(failure('denied', verdict.reason))]));
  if (verdict.reach === 'outside' || verdict.before)
    return void (await record(context, 'choir', [finish(failure('rejected', notInDryRun))]));
  if (onHost && call.call.tool === 'revert_checkpoint')
    return void (await record(context, 'choir', [finish(failure('rejected', 'Not done in the dry run: it goes back to a checkpoint.'))]));
  await record(context, 'choir', [{ type: 'start-call', runId: run.runId, callId, network: false }]);
  const result = onHost
    ? await onHost(context, state)
    : await carryOut(context, {
        call: call.call,
        projectId: state.projectId,
        transactionId: dryRunId(run.runId),
        transaction: await begin(context),
        signal: context.signal,
        network: { mode: 'deny' },
        onOutput: (stream, text) =>
          context.bus.publishTyping(state.workspaceId, context.threadId, { runId: run.runId, callId, stream, text }),
      });
  context.signal.throwIfAborted();
  await record(context, 'choir', [finish(result)]);
}

/** The plan went through: what it changed is shown with its diff, and the person decides about all of it at once. */
export async function finishDryRun(context: RunContext, { state, run }: RunSnapshot, summary: string): Promise<void> {
  const current = await requireCurrent(context.database, state);
  const transaction = await begin(context);
  const committed = await commitEffect(
    context,
    state.projectId,
    current,
    { call: { tool: 'git_diff', args: {} }, explanation: run.goal.slice(0, 200) },
    transaction,
  );
  const skipped = outsideSteps(run);
  if (!committed?.changed && skipped.length === 0) {
    await transaction.drop();
    await record(context, 'agent', [{ type: 'complete-run', runId: run.runId, summary: `${summary}\n\nThe dry run changed no file.` }]);
    return;
  }
  if (committed && (await stoppedByRule(context, { state, run }, current, committed, []))) return;
  const lost = committed?.changed ? await findLost(context, await transaction.changes(), isIrreplaceable) : [];
  const approvalId = newId('ap');
  if (committed?.changed)
    await setRefs({ store: context.home.store(state.projectId), refs: { [proposalRef(context.threadId, approvalId)]: committed.commit } });
  const later =
    skipped.length === 0
      ? ''
      : ` ${skipped.length} ${skipped.length === 1 ? 'step reaches' : 'steps reach'} outside and will ask when the plan runs.`;
  await requestApproval(context, {
    approvalId,
    first: [{ type: 'post-message', runId: run.runId, text: summary }],
    kind: 'plan',
    action: {
      steps: plannedSteps(run),
      cwd: '.',
      network: false,
      baseCheckpointId: current.checkpointId,
      effect: committed?.changed ? { commit: committed.commit, changes: committed.summary } : undefined,
    },
    reason: `${committed?.changed ? tried : triedInVain}${lost.length > 0 ? ` ${tellLost(lost)}` : ''}${later}`,
  });
}

export async function keepDryRun(context: RunContext, snapshot: RunSnapshot, approval: ApprovalState): Promise<void> {
  const { state, run } = snapshot;
  const { approvalId, action } = approval;
  const current = await requireCurrent(context.database, state);
  if (action.baseCheckpointId !== current.checkpointId) {
    await dropDryRun(context);
    const outcome = 'Not used: the files had changed since it was shown. The dry run starts over.';
    await restartDryRun(context, snapshot, [{ type: 'execute-approval', runId: run.runId, approvalId, outcome }]);
    return;
  }
  if (action.effect) {
    const committed = { commit: action.effect.commit, summary: action.effect.changes };
    const concluded: Command = { type: 'execute-approval', runId: run.runId, approvalId, outcome: 'Nothing was kept: a rule forbids it' };
    if (await stoppedByRule(context, snapshot, current, committed, [concluded])) return;
  }
  const remaining = remainingSteps(run);
  const goOn: Command[] =
    remaining.length === 0
      ? []
      : [
          {
            type: 'propose-plan',
            runId: run.runId,
            reason: 'The dry run is kept. What reaches outside runs now.',
            steps: [...plannedSteps(run), ...remaining],
          },
        ];
  const also: Command[] = [{ type: 'execute-approval', runId: run.runId, approvalId, outcome: 'Kept exactly as shown' }, ...goOn];
  if (action.effect) {
    const committed = { commit: action.effect.commit, summary: action.effect.changes };
    await keepCommit(context, snapshot, {
      transaction: await begin(context),
      committed,
      label: 'Dry run, kept as shown',
      waited: true,
      also,
    });
  } else {
    await dropDryRun(context);
    await record(context, 'choir', also);
  }
}

/** A dry run that went against a rule is set aside as a whole, and the run ends. */
async function stoppedByRule(
  context: RunContext,
  snapshot: RunSnapshot,
  current: CheckpointState,
  committed: { commit: string; summary: ChangeSummary },
  first: Command[],
): Promise<boolean> {
  const transaction = await begin(context);
  const { runId } = snapshot.run;
  const candidate = { id: dryRunId(runId), from: current.commit, ...committed, touched: await transaction.changes() };
  const enforced = await enforceRules(context, snapshot, candidate);
  if (enforced.decision !== 'deny') return false;
  await transaction.drop();
  await record(context, 'choir', [...first, ...enforced.commands, { type: 'fail-run', runId, error: enforced.reason }]);
  return true;
}

export async function dropDryRun(context: RunContext): Promise<void> {
  await (await begin(context)).drop();
}

/** Starts the whole plan again on a fresh overlay: all that a dry run did is in the overlay, so nothing happens twice. */
export async function restartDryRun(context: RunContext, { run }: RunSnapshot, first: Command[]): Promise<void> {
  await dropDryRun(context);
  const steps = renamed(plannedSteps(run), `r${run.planRevision + 1}`);
  const again: Command[] = steps.length > 0 ? [{ type: 'propose-plan', runId: run.runId, reason: 'The dry run starts over.', steps }] : [];
  await record(context, 'choir', [...first, ...again]);
}

function outsideSteps(run: ActiveRun) {
  const held = new Set(run.calls.filter((call) => call.result?.error === notInDryRun).map((call) => call.stepId));
  return run.steps.filter((step) => held.has(step.step_id));
}

/** What the dry run could not do, and what waits for it, as steps of their own. */
function remainingSteps(run: ActiveRun): PlanStep[] {
  const outside = new Set(outsideSteps(run).map((step) => step.step_id));
  const left = run.steps.filter((step) => outside.has(step.step_id) || step.status === 'skipped');
  if (outside.size === 0) return [];
  return renamed(
    left.map((step) => PlanStep.parse(step)),
    'after',
  );
}

/** The same steps under new ids, so that they count as not yet run; what they depend on outside the list is done. */
function renamed(steps: PlanStep[], suffix: string): PlanStep[] {
  const ids = new Map(steps.map(({ step_id }, index) => [step_id, `${step_id.slice(0, 48)}-${suffix}.${index + 1}`]));
  return steps.map((step) => ({
    ...step,
    step_id: ids.get(step.step_id) ?? step.step_id,
    depends_on: step.depends_on.flatMap((id) => ids.get(id) ?? []),
  }));
}
