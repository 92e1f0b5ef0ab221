import type { LedgerEvent } from '#lib/core/event.ts';
import { keepsPart } from '#lib/core/keep-part.ts';
import { addCost, noCost } from '#lib/core/limits/run-cost.ts';
import type { ModelCall } from '#lib/core/model-call.ts';
import type { PlanStep } from '#lib/core/plan.ts';
import {
  type ApprovalState,
  type CallState,
  closedApprovalWindow,
  finishedCallWindow,
  markWindow,
  type RunClock,
  type RunState,
  type SessionState,
  type StepState,
} from '#lib/core/state.ts';
import { excerptResult } from '#lib/core/words/excerpt.ts';
import { extentOfRun } from './extent-of-run.ts';
import { originOf } from './origin-of.ts';

/** The newest run after one more event. A new goal replaces the run before it, which must have ended. */
export function foldRun(run: RunState | null, event: LedgerEvent): RunState | null {
  if (event.type === 'run.queued') {
    const { goalId, goal, agent, agentReason, mode, dryRun, limits = {}, judgement = 'action', model } = event.data;
    const runId = event.runId ?? '';
    return {
      runId,
      goalId,
      goal,
      agent,
      agentReason,
      mode,
      dryRun,
      status: 'queued',
      queuedAt: event.at,
      planRevision: 0,
      steps: [],
      calls: [],
      guidance: [],
      approvals: [],
      limits,
      iterations: 0,
      clock: { workedMs: 0, until: null },
      take: 0,
      preflighted: false,
      judgement,
      ...(model ? { model } : {}),
      cost: noCost,
      refusal: null,
      isUnpricedAllowed: false,
      session: null,
    };
  }
  if (!run || event.runId !== run.runId) return run;
  const next = foldProgress(run, event);
  return { ...next, clock: foldClock(next, event) };
}

function foldProgress(run: RunState, event: LedgerEvent): RunState {
  switch (event.type) {
    case 'run.started':
      return { ...run, status: 'running', startedAt: event.at, take: event.seq };
    case 'run.resumed':
      return workOrWait({ ...run, startedAt: run.startedAt ?? event.at, take: event.seq });
    case 'run.completed':
      return { ...run, status: 'completed', endedAt: event.at, outcome: event.data.summary, extent: event.data.extent ?? extentOfRun(run) };
    case 'run.failed':
      return { ...run, status: 'failed', endedAt: event.at, outcome: event.data.error };
    case 'run.cancelled':
      return { ...run, status: 'cancelled', endedAt: event.at, outcome: event.data.reason };
    case 'guidance.given':
      return {
        ...run,
        guidance: [...run.guidance, { ...event.data, at: event.at, delivered: false, userId: event.userId, via: event.via }],
      };
    case 'guidance.delivered': {
      const delivered = new Set(event.data.guidanceIds);
      return { ...run, guidance: run.guidance.map((words) => (delivered.has(words.guidanceId) ? { ...words, delivered: true } : words)) };
    }
    case 'plan.proposed':
      return {
        ...run,
        iterations: run.iterations + 1,
        planRevision: event.data.revision,
        steps: mergeSteps(run.steps, event.data.steps),
      };
    case 'step.started':
      return withStep(run, event.data.stepId, (step) => ({
        ...marked(step, event.seq, 'running', step.note),
        attempts: step.attempts + 1,
      }));
    case 'step.finished':
      return withStep(run, event.data.stepId, (step) => marked(step, event.seq, event.data.status, event.data.note));
    case 'tool.proposed':
      return {
        ...run,
        iterations: run.iterations + 1,
        steps: run.steps.map((step) => (step.step_id === event.data.stepId ? marked(step, event.seq, step.status, step.note) : step)),
        calls: recentCalls([...run.calls, { ...event.data, status: 'proposed', network: false }]),
      };
    // An answer is one iteration with all the calls that follow it.
    case 'model.answered':
      return { ...run, iterations: run.iterations + 1 - event.data.calls.length };
    case 'run.preflighted':
      return { ...run, preflighted: true };
    case 'tool.started':
      return withCall(run, event.data.callId, (call) => ({
        ...call,
        status: 'running',
        baseCheckpointId: event.data.baseCheckpointId,
        startedAt: event.at,
        network: event.data.network,
      }));
    case 'tool.finished':
      return withCall(run, event.data.callId, (call) => ({
        ...call,
        status: 'finished',
        result: excerptResult(event.data.result),
        ...(event.data.result.status === 'rejected' && isModified(run, call) ? { modified: true } : {}),
      }));
    case 'model.called':
      return { ...run, cost: addCost(run.cost, event.data), refusal: foldRefusal(run.refusal, event.data) };
    case 'message.posted':
    case 'session.started':
    case 'session.ended':
      return { ...run, session: foldSession(run.session, event) };
    default:
      return foldApproval(run, event);
  }
}

function foldRefusal(refusal: RunState['refusal'], { outcome, error = '', leastUsd = 0 }: ModelCall): RunState['refusal'] {
  if (outcome === 'refused') return { message: error, leastUsd };
  return outcome === 'ok' ? null : refusal;
}

type SessionEvent = Extract<LedgerEvent, { type: 'message.posted' | 'session.started' | 'session.ended' }>;

function foldSession(session: SessionState | null, event: SessionEvent): SessionState | null {
  if (event.type === 'session.started') {
    const { sessionId, agentSessionId, how } = event.data;
    return { sessionId, agentSessionId, restarts: (session?.restarts ?? 0) + (how === 'new' ? 0 : 1), line: 0 };
  }
  if (!session) return null;
  if (event.type === 'session.ended') return { ...session, ended: event.data.reason };
  return { ...session, line: Math.max(session.line, event.data.line ?? 0) };
}

function foldApproval(run: RunState, event: LedgerEvent): RunState {
  switch (event.type) {
    case 'approval.requested': {
      const approval: ApprovalState = { ...event.data, runId: run.runId, requestedAt: event.at };
      const waiting = event.data.callId ? withCall(run, event.data.callId, (call) => ({ ...call, status: 'waiting' })) : run;
      return { ...waiting, ...recentApprovals([...run.approvals, approval], run.isLeftOut), status: 'waiting' };
    }
    case 'approval.answered': {
      const { decision, note, remember, keepPaths, dropHunks } = event.data;
      const answer = { decision, note, remember, keepPaths, dropHunks, at: event.at, ...originOf(event) };
      const answered = withApproval(run, event.data.approvalId, (approval) => ({ ...approval, answer }));
      return workOrWait(decision === 'reject' ? answered : raiseLimit(answered, event.data.approvalId));
    }
    case 'approval.delivered':
      return withApproval(run, event.data.approvalId, (approval) => ({ ...approval, deliveredAt: event.at }));
    case 'approval.executed':
      return withApproval(run, event.data.approvalId, (approval) => ({
        ...approval,
        executed: { at: event.at, outcome: event.data.outcome },
      }));
    case 'approval.withdrawn':
      return workOrWait(
        withApproval(run, event.data.approvalId, (approval) => ({ ...approval, withdrawn: { at: event.at, reason: event.data.reason } })),
      );
    default:
      return run;
  }
}

/** Whoever lets a run go on past a limit, with or without words for it, raises the limit to what the card said; a call may be tried again. */
function raiseLimit(run: RunState, approvalId: string): RunState {
  const reached = run.approvals.find((approval) => approval.approvalId === approvalId)?.action.budget;
  if (!reached) return run;
  const next = { ...run, refusal: null };
  if (reached.limit === 'price') return { ...next, isUnpricedAllowed: true };
  return reached.limit === 'scope' ? next : { ...next, limits: { ...run.limits, [reached.limit]: reached.next } };
}

/** What lies between the last sign of a worker that died and the next one's first was no work, whatever a person did meanwhile. */
function foldClock({ clock, status }: RunState, event: LedgerEvent): RunClock {
  const taken = event.type === 'run.started' || event.type === 'run.resumed';
  if (!taken && (clock.until === null || event.actor === 'person')) return status === 'running' ? clock : { ...clock, until: null };
  const passed = taken || clock.until === null ? 0 : Math.max(0, Date.parse(event.at) - Date.parse(clock.until));
  return { workedMs: clock.workedMs + passed, until: status === 'running' ? event.at : null };
}

/** A run waits as long as one approval is open. */
function workOrWait(run: RunState): RunState {
  return { ...run, status: run.approvals.some((approval) => !approval.answer && !approval.withdrawn) ? 'waiting' : 'running' };
}

/** Keeps a run of any length foldable in constant time per event: an agent that needs older calls reads them from the ledger. */
function recentCalls(calls: CallState[]): CallState[] {
  if (calls.length <= finishedCallWindow || calls[0]?.status !== 'finished') return calls;
  return calls.slice(1);
}

function recentApprovals(approvals: ApprovalState[], isLeftOut = false): Pick<RunState, 'approvals' | 'isLeftOut'> {
  const [oldest, ...newer] = approvals;
  if (newer.length < closedApprovalWindow || !(oldest?.executed || oldest?.withdrawn)) return { approvals };
  const isAskedAgain = newer.some(({ callId }) => callId !== undefined && callId === oldest.callId);
  return { approvals: newer, isLeftOut: isLeftOut || (!isAskedAgain && keepsPart(oldest)) };
}

/** A revised plan keeps what is known of the steps that it names again. */
function mergeSteps(known: StepState[], planned: PlanStep[]): StepState[] {
  const byId = new Map(known.map((step) => [step.step_id, step]));
  return planned.map((step) => {
    const before = byId.get(step.step_id);
    return {
      ...step,
      status: before?.status ?? 'pending',
      note: before?.note ?? '',
      attempts: before?.attempts ?? 0,
      marks: before?.marks ?? [],
    };
  });
}

function marked(step: StepState, seq: number, status: StepState['status'], note: string): StepState {
  return { ...step, status, note, marks: [...step.marks, { seq, status, note }].slice(-markWindow) };
}

function withStep(run: RunState, stepId: string, change: (step: StepState) => StepState): RunState {
  return { ...run, steps: run.steps.map((step) => (step.step_id === stepId ? change(step) : step)) };
}

function isModified({ approvals }: RunState, { callId }: CallState): boolean {
  return approvals.some((approval) => approval.callId === callId && approval.answer?.decision === 'modify');
}

function withCall(run: RunState, callId: string, change: (call: CallState) => CallState): RunState {
  return { ...run, calls: run.calls.map((call) => (call.callId === callId ? change(call) : call)) };
}

function withApproval(run: RunState, approvalId: string, change: (approval: ApprovalState) => ApprovalState): RunState {
  return { ...run, approvals: run.approvals.map((approval) => (approval.approvalId === approvalId ? change(approval) : approval)) };
}
