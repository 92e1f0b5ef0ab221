import type { ApprovalDecision, PinnedAction, RememberScope } from './approval.ts';
import type { PartPlace } from './change.ts';
import { decideWorker } from './decide/decide-worker.ts';
import { accept, type Decision, type Make, refuse } from './decide/decision.ts';
import { movedOn, standsOnCurrent } from './decide/stands-on-current.ts';
import type { CheckpointData, EventData, FaceName, NewEvent, RevertScope, RunMode } from './event.ts';
import { endOpenParts } from './fold/end-open-parts.ts';
import { hiddenAfterRevert } from './fold/fold-revert.ts';
import type { Judgement, RunLimits } from './limits/run-limits.ts';
import type { ModelCall } from './model-call.ts';
import { newId } from './new-id.ts';
import type { PlanStep } from './plan.ts';
import type { Rule } from './rule.ts';
import { type ApprovalState, type CheckpointState, isActive, type RunState, type ThreadState } from './state.ts';
import type { ToolCall, ToolResult } from './tool.ts';
import type { Verdict } from './verdict.ts';

/** `take`: the hold on the run (`RunState.take`) under which a worker writes; what it writes after another worker took the run is refused. */
export type Author =
  | { actor: 'person'; userId: string; via: FaceName; parentEventId?: string }
  | (({ actor: 'agent'; agentId: string } | { actor: 'choir' }) & { take?: number });

/** What somebody wants to do to a thread. The verbs check who may; `decide` says whether the thread's state allows it. */
export type Command =
  | { type: 'create-thread'; workspaceId: string; projectId: string; projectName: string; title: string; base: CheckpointData }
  | {
      type: 'give-goal';
      runId: string;
      goal: string;
      agent: string;
      agentReason: string;
      mode: RunMode;
      dryRun: boolean;
      limits?: RunLimits;
      judgement?: Judgement;
      model?: string;
      attachments?: string[];
    }
  | { type: 'give-guidance'; text: string; attachments?: string[] }
  | { type: 'cancel-run'; reason: string }
  | {
      type: 'answer-approval';
      approvalId: string;
      decision: ApprovalDecision;
      note: string;
      remember?: { scope: RememberScope; rule: Rule };
      keepPaths?: string[];
      dropHunks?: PartPlace[];
    }
  | { type: 'add-rule'; rule: Rule }
  | { type: 'revoke-rule'; ruleId: string; text: string }
  | { type: 'record-model-call'; runId?: string; call: ModelCall }
  | { type: 'name-checkpoint'; checkpointId: string; name: string }
  | {
      type: 'revert';
      target: CheckpointState;
      scope: RevertScope;
      reason: string;
      expectedCurrent?: string;
      changes: EventData<'thread.reverted'>['changes'];
      cannotUndo: string[];
    }
  | { type: 'revert-part'; checkpoint: CheckpointData; expectedCurrent?: string }
  | { type: 'take-run'; runId: string; workerId: string; reason: EventData<'run.resumed'>['reason'] }
  | { type: 'post-message'; runId: string; text: string; line?: number }
  | ({ type: 'record-answer'; runId: string } & EventData<'model.answered'>)
  | ({ type: 'compact-context'; runId: string } & EventData<'context.compacted'>)
  | ({ type: 'collect-context'; runId: string } & EventData<'context.collected'>)
  | ({ type: 'preflight-run'; runId: string } & EventData<'run.preflighted'>)
  | ({ type: 'start-session'; runId: string } & EventData<'session.started'>)
  | ({ type: 'end-session'; runId: string } & EventData<'session.ended'>)
  | ({ type: 'enforce-rule'; runId: string } & EventData<'rule.enforced'>)
  | { type: 'deliver-guidance'; runId: string; guidanceIds: string[] }
  | { type: 'propose-plan'; runId: string; reason: string; steps: PlanStep[] }
  | { type: 'start-step'; runId: string; stepId: string }
  | { type: 'finish-step'; runId: string; stepId: string; status: 'done' | 'failed' | 'skipped'; note: string }
  | {
      type: 'propose-call';
      runId: string;
      callId: string;
      stepId?: string;
      call: ToolCall;
      explanation: string;
      confidence?: number;
      verdict: Verdict;
    }
  | { type: 'start-call'; runId: string; callId: string; network: boolean }
  | { type: 'finish-call'; runId: string; callId: string; result: ToolResult; contacted?: string[]; checkpoint?: CheckpointData }
  | {
      type: 'request-approval';
      runId: string;
      approvalId: string;
      kind: EventData<'approval.requested'>['kind'];
      callId?: string;
      stepId?: string;
      action: PinnedAction;
      reason: string;
    }
  | { type: 'deliver-approval'; runId: string; approvalId: string }
  | { type: 'execute-approval'; runId: string; approvalId: string; outcome: string }
  | { type: 'withdraw-approval'; runId: string; approvalId: string; reason: string }
  | { type: 'record-checkpoint'; checkpoint: CheckpointData; runId?: string }
  | { type: 'complete-run'; runId: string; summary: string }
  | { type: 'fail-run'; runId: string; error: string };

/** The events that follow from a command in this state, or why it is refused. Pure but for fresh event ids; `at` is an ISO instant. */
export function decide(state: ThreadState, command: Command, author: Author, at: string): Decision {
  const { take, ...origin }: Author & { take?: number } = author;
  const make: Make = (type, data, runId) =>
    ({ id: newId('ev'), at, ...origin, ...(runId ? { runId } : {}), type, data }) as unknown as NewEvent;

  if (command.type === 'create-thread') {
    if (state.seq > 0) return refuse('already-exists', 'This thread exists already.');
    const { base, type: _, ...data } = command;
    return accept(make('thread.created', data), make('checkpoint.created', base));
  }
  if (state.seq === 0) return refuse('no-thread', 'There is no such thread.');
  const run = state.run;
  if (take !== undefined && take !== run?.take) return refuse('not-this-worker', 'Another worker has this run now.');

  switch (command.type) {
    case 'give-goal': {
      if (isActive(run)) return refuse('run-active', 'A run is still working in this thread.');
      const { type: _, runId, attachments, ...queued } = command;
      const goalId = newId('go');
      return accept(
        make('goal.given', { goalId, text: command.goal, attachments }, runId),
        make('run.queued', { goalId, ...queued }, runId),
      );
    }
    case 'give-guidance':
      if (!isActive(run)) return refuse('no-active-run', 'No run is working in this thread.');
      return accept(make('guidance.given', { guidanceId: newId('gu'), text: command.text, attachments: command.attachments }, run.runId));
    case 'cancel-run':
      if (!isActive(run)) return refuse('no-active-run', 'No run is working in this thread.');
      return accept(
        ...endOpenParts(state, run, 'cancelled', command.reason, make),
        make('run.cancelled', { reason: command.reason }, run.runId),
      );
    case 'answer-approval': {
      const approval = run?.approvals.find((candidate) => candidate.approvalId === command.approvalId);
      if (!run || !approval) return refuse('approval-unknown', 'There is no such approval in the current run.');
      if (approval.answer || approval.withdrawn || !isActive(run)) return refuse('approval-closed', 'This approval was answered already.');
      const { approvalId, decision, note, remember, keepPaths, dropHunks } = command;
      const answer = { approvalId, decision, note, remember: remember?.scope, keepPaths, dropHunks };
      const answered = [make('approval.answered', answer, run.runId)];
      if (remember) answered.push(make('rule.added', { rule: remember.rule }, run.runId));
      if (decision !== 'modify' && !(decision === 'approve' && note && isHeardByProgram(run, approval))) return accept(...answered);
      return accept(...answered, make('guidance.given', { guidanceId: newId('gu'), text: note, approvalId }, run.runId));
    }
    case 'name-checkpoint':
      if (!state.checkpoints.some((checkpoint) => checkpoint.checkpointId === command.checkpointId))
        return refuse('checkpoint-unknown', 'There is no such checkpoint.');
      return accept(
        make('checkpoint.named', { checkpointId: command.checkpointId, name: command.name }, isActive(run) ? run.runId : undefined),
      );
    case 'revert-part':
      return refuseRevert(state, command, author) ?? accept(make('checkpoint.created', command.checkpoint));
    case 'revert': {
      const refused = refuseRevert(state, command, author);
      if (refused) return refused;
      const from = state.currentCheckpointId ?? '';
      const { target, scope, reason, changes, cannotUndo } = command;
      const hidden = hiddenAfterRevert(state, target, scope);
      return accept(
        make(
          'thread.reverted',
          { checkpointId: target.checkpointId, scope, reason, fromCheckpointId: from, changes, cannotUndo, hidden },
          isActive(run) ? run.runId : undefined,
        ),
      );
    }
    case 'add-rule':
      return accept(make('rule.added', { rule: command.rule }, isActive(run) ? run.runId : undefined));
    case 'revoke-rule':
      return accept(make('rule.revoked', { ruleId: command.ruleId, text: command.text }, isActive(run) ? run.runId : undefined));
    case 'record-model-call':
      return accept(make('model.called', command.call, command.runId));
    case 'record-checkpoint':
      if (!standsOnCurrent(state, command.checkpoint)) return refuse('checkpoint-moved', movedOn);
      return accept(make('checkpoint.created', command.checkpoint, command.runId));
    default:
      return decideWorker(state, command, make);
  }
}

/** A program goes on after these, and no protocol has a place for words with a yes: they come between two of its calls. */
function isHeardByProgram({ session }: RunState, { kind }: ApprovalState): boolean {
  return session !== null && kind !== 'turn' && kind !== 'prompt';
}

function refuseRevert({ run, currentCheckpointId }: ThreadState, { expectedCurrent }: { expectedCurrent?: string }, { actor }: Author) {
  if (isActive(run) && actor === 'person')
    return refuse('run-active', 'A run is still working in this thread: it must stop before a revert.');
  if (expectedCurrent && expectedCurrent !== currentCheckpointId)
    return refuse('checkpoint-moved', 'The thread has moved on since this preview. Look at the new preview and confirm again.');
  return null;
}
