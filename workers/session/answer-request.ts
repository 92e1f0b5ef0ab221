import type { Command } from '#lib/core/decide.ts';
import type { ActiveRun, ApprovalState, CallState } from '#lib/core/state.ts';
import { forLedger } from '#lib/core/storable.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import { refusalWords } from '#lib/core/words/refusal-words.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { requestApproval } from '#workers/run/ask-person.ts';
import { cwdOf } from '#workers/run/call/execute-call.ts';
import { judgeNow, networkOf, type Ruling } from '#workers/run/call/judge-now.ts';
import { failure } from '#workers/run/call/tool-result.ts';
import { filesChanged } from '#workers/run/kept-words.ts';
import { type RunSnapshot, record } from '#workers/run/run-context.ts';
import type { NetworkAccess } from '#workers/sandbox/sandbox.ts';
import { callIdOf, findOpenCall, isSameCall } from './acp/call-id.ts';
import type { AgentRequest } from './acp/conversation.ts';
import { choose, type PermissionRequest, readPermissionRequest } from './acp/session-update.ts';
import { explanationOf, toolCallOf } from './acp/tool-call-of.ts';
import { isPlanning } from './plan-phase.ts';
import { closeNetwork, holdToRules, openNetwork } from './program/session-network.ts';
import { stepInWork } from './record-acts.ts';
import { cutOff, settleCall } from './settle-call.ts';
import { inside, loadSnapshot, programOf, type Sitting } from './sitting.ts';

/** Answers what the agent asks, as far as that needs nobody. `waits`: a person has to answer first. */
export async function answerRequest(sitting: Sitting, asked: AgentRequest): Promise<'answered' | 'waits'> {
  const { context, wire, scribe } = sitting;
  const request = permissionIn(asked);
  if (!request) {
    await wire.refuse(asked.id, 'Choir does not do that.');
    return 'answered';
  }
  const { report, thought, begunAt } = scribe.asked(asked.line, request.toolCall);
  let snapshot = await loadSnapshot(context);
  const program = programOf(sitting, snapshot);
  let open = findOpenCall(snapshot.run.calls, program, report.toolCallId, begunAt);
  const call = forLedger(toolCallOf(report, inside.tree));
  if (open && !isSameCall(open.call, call)) {
    await putAside(sitting, open);
    [open, snapshot] = [undefined, await loadSnapshot(context)];
  }
  const gate: Gate = {
    allow: () => wire.answer(asked.id, choose(request, 'allow')),
    reject: () => wire.answer(asked.id, choose(request, 'reject')),
  };
  const ruling = await judgeNow(context, snapshot, call, inside.home);
  if (open) return takeUp(sitting, snapshot, open, ruling, gate);

  const callId = callIdOf(program, report.toolCallId, asked.line);
  const { verdict } = ruling;
  const explanation = explanationOf(report, thought, inside.tree);
  const proposed: Command = {
    type: 'propose-call',
    runId: context.runId,
    callId,
    stepId: stepInWork(snapshot),
    call,
    explanation,
    verdict,
  };
  await record(context, 'agent', [proposed]);
  const now = await loadSnapshot(context);
  const made = now.run.calls.find((candidate) => candidate.callId === callId);
  if (!made) throw new Error(`The ledger lost the call ${callId}.`);
  return takeUp(sitting, now, made, ruling, gate);
}

/** What the agent asks to do; null when it asks for anything else. */
export function permissionIn({ method, params }: Pick<AgentRequest, 'method' | 'params'>): PermissionRequest | null {
  return method === 'session/request_permission' ? readPermissionRequest(params) : null;
}

/** What lets an act through that the agent waits for, or turns it away. `access`: what the act may reach outside. */
export type Gate = { allow(access: NetworkAccess): Promise<void>; reject(reason: string): Promise<void> };

/** From wherever the call stands: a worker before this one may have come as far as the person's answer. */
export async function takeUp(
  sitting: Sitting,
  snapshot: RunSnapshot,
  call: CallState,
  ruling: Ruling,
  gate: Gate,
): Promise<'answered' | 'waits'> {
  const { context } = sitting;
  const { run } = snapshot;
  if (ruling.verdict.decision === 'deny') {
    await gate.reject(ruling.verdict.reason);
    await finish(sitting, call, 'denied', ruling.verdict.reason);
    return 'answered';
  }
  const approval = answerTo(run, call, ruling.verdict);
  if (approval?.answer) {
    const { approvalId, deliveredAt, answer } = approval;
    if (!deliveredAt) await record(context, 'choir', [{ type: 'deliver-approval', runId: run.runId, approvalId }]);
    if (answer.decision === 'approve' && isChangedSince(snapshot, approval)) {
      await record(context, 'choir', [{ type: 'execute-approval', runId: run.runId, approvalId, outcome: filesChanged }]);
      return takeUp(sitting, await loadSnapshot(context), call, ruling, gate);
    }
    if (answer.decision === 'approve') return allow(sitting, snapshot, call, ruling, true, gate);
    const error = refusalWords(answer.decision, answer.note);
    await gate.reject(error);
    await finish(sitting, call, 'rejected', error, [
      { type: 'execute-approval', runId: run.runId, approvalId, outcome: 'Nothing was done' },
    ]);
    return 'answered';
  }
  const isPlan = isPlanning(run);
  if ((run.dryRun || isPlan) && ruling.verdict.reach === 'outside') {
    const error = `Not run ${isPlan ? 'before the plan is agreed to' : 'in the dry run'}: it reaches outside the project.`;
    await gate.reject(error);
    await finish(sitting, call, 'rejected', error);
    return 'answered';
  }
  if (!mustAsk(run.judgement === 'turn' || run.dryRun || isPlan, ruling.verdict))
    return allow(sitting, snapshot, call, ruling, false, gate);
  if (!run.approvals.some((open) => open.callId === call.callId && !open.answer && !open.withdrawn))
    await ask(sitting, snapshot, call, ruling.verdict);
  return 'waits';
}

/**
 * An answer that has not come to its end, to exactly this act: its process may have been parked since, so that the agent asks under another name.
 * While the act runs under another name, that one has used the answer. A yes to an act without network is none to one that reaches outside.
 */
function answerTo({ approvals, calls }: ActiveRun, { callId, call }: CallState, { reach }: Verdict): ApprovalState | undefined {
  const isUsed = calls.some((other) => other.callId !== callId && other.status === 'running' && isSameCall(other.call, call));
  return approvals.find(
    ({ kind, answer, executed, action, callId: askedFor }) =>
      answer !== undefined &&
      !executed &&
      (kind === 'action' || kind === 'outside') &&
      (answer.decision !== 'approve' || action.network || reach === 'tree') &&
      (askedFor === callId || !isUsed) &&
      isSameCall(action.call, call),
  );
}

/** Whether a person changed the files since. What the agent changes meanwhile is a part of what it asked for: its overlay is its own. */
function isChangedSince({ state, run }: RunSnapshot, { action }: ApprovalState): boolean {
  const since = state.checkpoints.slice(state.checkpoints.findIndex(({ checkpointId }) => checkpointId === action.baseCheckpointId) + 1);
  return since.some(({ runId }) => runId !== run.runId);
}

/** Judged by the turn, an act is asked for beforehand only where its effect would come too late. */
function mustAsk(byTurn: boolean, { decision, reach, before }: Verdict): boolean {
  return decision === 'ask' && (!byTurn || reach === 'outside' || before === true);
}

async function allow(
  sitting: Sitting,
  { state }: RunSnapshot,
  call: CallState,
  ruling: Ruling,
  asked: boolean,
  gate: Gate,
): Promise<'answered'> {
  const access = ruling.verdict.reach === 'outside' ? networkOf(ruling, asked) : { mode: 'deny' as const };
  const network = access.mode === 'allow';
  await openNetwork(sitting, state.projectId, call, access);
  const { context } = sitting;
  if (call.status !== 'running')
    await record(context, 'choir', [{ type: 'start-call', runId: context.runId, callId: call.callId, network }]);
  // A rule may have come since the act was judged.
  if (network) await holdToRules(sitting);
  await gate.allow(access);
  return 'answered';
}

async function ask({ context }: Sitting, { state }: RunSnapshot, call: CallState, { reach, reason }: Verdict): Promise<void> {
  const current = await requireCurrent(context.database, state);
  const outside = reach === 'outside';
  await requestApproval(context, {
    kind: outside ? 'outside' : 'action',
    call,
    action: { call: call.call, cwd: cwdOf(call), network: outside, baseCheckpointId: current.checkpointId },
    reason,
  });
}

/** One that was let through has used its yes and its way out, whatever the agent says that it does instead. */
async function putAside(sitting: Sitting, call: CallState): Promise<void> {
  const why = 'The agent asked for something else instead.';
  if (call.status === 'running') await settleCall(sitting, call, cutOff(call, why));
  else await finish(sitting, call, 'interrupted', why);
}

async function finish(
  sitting: Sitting,
  call: CallState,
  status: 'denied' | 'rejected' | 'interrupted',
  error: string,
  also: Command[] = [],
) {
  const { context } = sitting;
  if (call.network) await closeNetwork(sitting, call.callId);
  await record(context, 'choir', [
    { type: 'finish-call', runId: context.runId, callId: call.callId, result: failure(status, error) },
    ...also,
  ]);
}
