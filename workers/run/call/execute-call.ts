import type { ChangeSummary, FileChange } from '#lib/core/change.ts';
import type { Command } from '#lib/core/decide.ts';
import { newId } from '#lib/core/new-id.ts';
import type { ApprovalState, CallState, CheckpointState, ThreadState } from '#lib/core/state.ts';
import type { ToolResult } from '#lib/core/tool.ts';
import { everyChange } from '#lib/git/diff/every-change.ts';
import { proposalRef, setRefs } from '#lib/git/store/refs.ts';
import { judgeEffect } from '#lib/policy/judge-effect.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { requestApproval } from '#workers/run/ask-person.ts';
import { type RunContext, type RunSnapshot, record } from '#workers/run/run-context.ts';
import { carryOut, isCutOff } from './carry-out.ts';
import { commitEffect } from './commit-effect.ts';
import { enforceRules } from './enforce-rules.ts';
import { findLost, isIrreplaceable } from './find-lost.ts';
import { accessNow, holdNetwork } from './hold-network.ts';
import { hostTool } from './host-tools.ts';
import { judgeNow, networkOf, type Ruling } from './judge-now.ts';
import { keepCommit } from './keep-commit.ts';
import { failure } from './tool-result.ts';

const contactedLimit = 100;
const denied = { mode: 'deny' } as const;
const allowed = { decision: 'allow' } as const;

/**
 * Carries out a proposed call as far as it goes without a person: to its result, or to the approval it needs. With an `approval` it was agreed to
 * beforehand. The verdict is made anew: a rule that came since holds, and so does an answer that was remembered since.
 */
export async function executeCall(context: RunContext, snapshot: RunSnapshot, call: CallState, approval?: ApprovalState): Promise<void> {
  const { state, run } = snapshot;
  const { callId } = call;
  const ruling = await judgeNow(context, snapshot, call.call);
  const { verdict } = ruling;
  if (verdict.decision === 'deny') {
    const result = failure('denied', verdict.reason);
    await record(context, 'choir', [{ type: 'finish-call', runId: run.runId, callId, result }, ...executed(run.runId, approval, result)]);
    return;
  }
  if (!approval && verdict.decision === 'ask' && (verdict.reach === 'outside' || verdict.before)) {
    const current = await requireCurrent(context.database, state);
    await requestApproval(context, {
      kind: verdict.rule === 'command.unisolated' ? 'unisolated' : verdict.reach === 'outside' ? 'outside' : 'action',
      call,
      action: { call: call.call, cwd: cwdOf(call), network: verdict.reach === 'outside', baseCheckpointId: current.checkpointId },
      reason: `${verdict.reason}${failedBefore(run, call)}`,
    });
    return;
  }
  await runCall(context, snapshot, call, ruling, approval);
}

/** Runs the call in its overlay, and keeps what came of it unless rules forbid it or the policy asks for it. */
async function runCall(
  context: RunContext,
  { state, run }: RunSnapshot,
  call: CallState,
  ruling: Ruling,
  approval?: ApprovalState,
): Promise<void> {
  const { callId } = call;
  const current = await requireCurrent(context.database, state);
  const access = (approval ? approval.action.network : ruling.verdict.reach === 'outside')
    ? networkOf(ruling, approval !== undefined)
    : denied;
  const network = access.mode === 'allow';
  await record(context, 'choir', [{ type: 'start-call', runId: run.runId, callId, network }]);

  const onHost = hostTool(call.call);
  if (onHost) {
    const result = await onHost(context, state);
    await record(context, 'choir', [{ type: 'finish-call', runId: run.runId, callId, result }, ...executed(run.runId, approval, result)]);
    return;
  }

  const transaction = await context.sandbox.begin({ threadId: context.threadId, id: callId });
  const contacts = new Set<string>();
  const asked = { asked: approval !== undefined };
  const way = holdNetwork(context, state.workspaceId, access, () => accessNow(context, { state, run }, call.call, asked));
  let held = false;
  try {
    const result = await carryOut(context, {
      call: call.call,
      projectId: state.projectId,
      transactionId: callId,
      transaction,
      signal: context.signal,
      network: way.access,
      onContact: (host) => contacts.add(host),
      onOutput: (stream, text) =>
        context.bus.publishTyping(state.workspaceId, context.threadId, { runId: run.runId, callId, stream, text }),
    });
    context.signal.throwIfAborted();
    const contacted = contacts.size === 0 ? undefined : [...contacts].slice(0, contactedLimit);
    const finish = { type: 'finish-call' as const, runId: run.runId, callId, result, contacted };
    const also = executed(run.runId, approval, result);
    const committed = isCutOff(result) ? null : await commitEffect(context, state.projectId, current, call, transaction);
    const touched = committed ? await transaction.changes() : [];
    const candidate = committed && { id: callId, from: current.commit, ...committed, touched };
    const enforced = candidate ? await enforceRules(context, { state, run }, candidate) : allowed;
    if (enforced.decision === 'deny') {
      const refused = { ...finish, result: { ...result, status: 'denied' as const, error: enforced.reason } };
      await record(context, 'choir', [refused, ...also, ...enforced.commands]);
      return;
    }
    const lost = await findLost(context, touched, isIrreplaceable);
    const asked = enforced.decision === 'ask' && !answersTo(approval, ruling, enforced.ruleIds) ? enforced.reason : null;
    const files = committed ? await everyChange(context.home.store(state.projectId), { from: current.commit, ...committed }) : [];
    const question = asked ?? (committed && effectQuestion(call, run.mode, ruling, approval, { ...committed, files, lost }));
    held = committed !== null;
    if (!committed) await record(context, 'choir', [finish, ...also]);
    else if (question) await askForEffect(context, state, call, { current, committed, result, contacted, network, question, also });
    else await keepCommit(context, { state, run }, { transaction, committed, call, finish, also });
  } finally {
    way.release();
    if (!held) await transaction.drop();
  }
}

/** A rule that the person was asked for before the call ran is not asked for again. */
function answersTo(approval: ApprovalState | undefined, { verdict }: Ruling, ruleIds: string[]): boolean {
  return approval !== undefined && ruleIds.every((ruleId) => ruleId === verdict.rule);
}

type Effect = {
  current: CheckpointState;
  committed: { commit: string; summary: ChangeSummary };
  result: ToolResult;
  contacted?: string[];
  network: boolean;
  question: string;
  also: Command[];
};

/** The commit hangs on the approval until it is answered; the overlay stays for what git does not hold. */
async function askForEffect(context: RunContext, { projectId }: ThreadState, call: CallState, effect: Effect): Promise<void> {
  const { current, committed, result, contacted, network, question, also } = effect;
  const approvalId = newId('ap');
  await setRefs({ store: context.home.store(projectId), refs: { [proposalRef(context.threadId, approvalId)]: committed.commit } });
  await requestApproval(context, {
    approvalId,
    kind: 'effect',
    call,
    action: {
      call: call.call,
      cwd: cwdOf(call),
      network,
      baseCheckpointId: current.checkpointId,
      effect: { commit: committed.commit, changes: committed.summary, result, contacted },
    },
    reason: question,
    first: also,
  });
}

/** A second question about the same step says that the first try failed. */
function failedBefore(run: RunSnapshot['run'], { callId, stepId }: CallState): string {
  const before = run.calls.findLast((call) => call.callId !== callId && call.stepId === stepId && call.result);
  return before?.result?.status === 'failed'
    ? ` The last try failed${before.result.returncode ? ` with exit code ${before.result.returncode}` : ''}.`
    : '';
}

type Committed = NonNullable<Awaited<ReturnType<typeof commitEffect>>>;

/** What reached outside with a person's yes is not asked for twice. */
function effectQuestion(
  call: CallState,
  mode: RunSnapshot['run']['mode'],
  { verdict }: Ruling,
  approval: ApprovalState | undefined,
  { changed, summary, files, lost }: Committed & { files: FileChange[]; lost: string[] },
): string | null {
  if ((!changed && lost.length === 0) || (approval && approval.kind !== 'action')) return null;
  if (verdict.decision === 'ask' && !approval) return verdict.reason;
  const effect = judgeEffect({ call: call.call, mode, changes: summary, files, lost });
  return effect.decision === 'allow' ? null : effect.reason;
}

function executed(runId: string, approval: ApprovalState | undefined, result: ToolResult) {
  return approval ? [{ type: 'execute-approval' as const, runId, approvalId: approval.approvalId, outcome: outcomeOf(result) }] : [];
}

export function outcomeOf(result: ToolResult): string {
  if (result.returncode === null) return result.error ?? result.status;
  return result.returncode === 0 ? 'It ran and ended well' : `It ran and ended with exit code ${result.returncode}`;
}

export function cwdOf({ call }: Pick<CallState, 'call'>): string {
  return call.tool === 'run_command' ? call.args.cwd : '.';
}
