import type { Command } from '../decide.ts';
import { endOpenParts } from '../fold/end-open-parts.ts';
import { extentOfRun } from '../fold/extent-of-run.ts';
import { goalOfUnheard } from '../fold/goal-of-unheard.ts';
import { fitPlan } from '../plan.ts';
import { isActive, type ThreadState } from '../state.ts';
import { accept, type Decision, type Make, refuse } from './decision.ts';
import { movedOn, standsOnCurrent } from './stands-on-current.ts';

type WorkerCommand = Extract<Command, { runId: string }>;

/** Commands that say what happened and nothing else. */
const recorded = {
  'record-answer': 'model.answered',
  'compact-context': 'context.compacted',
  'collect-context': 'context.collected',
  'preflight-run': 'run.preflighted',
  'start-session': 'session.started',
  'end-session': 'session.ended',
  'enforce-rule': 'rule.enforced',
} as const;

/** A worker may act only for the run that is active now: one that was cancelled or replaced is refused whatever it still holds. */
export function decideWorker(state: ThreadState, command: WorkerCommand, make: Make): Decision {
  const run = state.run;
  if (!isActive(run)) return refuse('no-active-run', 'This run has ended.');
  if (run.runId !== command.runId) return refuse('not-this-run', 'Another run has taken the place of this one.');
  const runId = run.runId;

  switch (command.type) {
    case 'take-run': {
      const { workerId, reason } = command;
      if (run.status === 'queued') return accept(make('run.started', { workerId }, runId));
      return accept(make('run.resumed', { workerId, reason }, runId));
    }
    case 'post-message':
      return accept(make('message.posted', { text: command.text, ...(command.line === undefined ? {} : { line: command.line }) }, runId));
    case 'record-answer':
    case 'compact-context':
    case 'collect-context':
    case 'preflight-run':
    case 'start-session':
    case 'end-session':
    case 'enforce-rule': {
      const { type, runId: _, ...data } = command;
      return accept(make(recorded[type], data as never, runId));
    }
    case 'deliver-guidance':
      return accept(make('guidance.delivered', { guidanceIds: command.guidanceIds }, runId));
    case 'propose-plan':
      return accept(
        make('plan.proposed', { revision: run.planRevision + 1, reason: command.reason, steps: fitPlan(command.steps) }, runId),
      );
    case 'start-step':
    case 'finish-step': {
      const step = run.steps.find(({ step_id }) => step_id === command.stepId);
      if (!step) return refuse('step-unknown', 'The plan has no such step.');
      const { step_id: stepId, title } = step;
      if (command.type === 'start-step') return accept(make('step.started', { stepId, title }, runId));
      return accept(make('step.finished', { stepId, title, status: command.status, note: command.note }, runId));
    }
    case 'propose-call': {
      if (run.calls.some((call) => call.callId === command.callId)) return refuse('already-exists', 'This tool call exists already.');
      const { type: _, runId: __, ...data } = command;
      return accept(make('tool.proposed', data, runId));
    }
    case 'start-call':
    case 'finish-call': {
      const call = run.calls.find((candidate) => candidate.callId === command.callId);
      if (!call) return refuse('call-unknown', 'There is no such tool call.');
      if (call.status === 'finished') return refuse('call-not-open', 'This tool call has finished.');
      if (command.type === 'start-call') {
        return accept(
          make('tool.started', { callId: call.callId, baseCheckpointId: state.currentCheckpointId ?? '', network: command.network }, runId),
        );
      }
      if (command.checkpoint && !standsOnCurrent(state, command.checkpoint)) return refuse('checkpoint-moved', movedOn);
      const finished = make('tool.finished', { callId: call.callId, result: command.result, contacted: command.contacted }, runId);
      return command.checkpoint ? accept(finished, make('checkpoint.created', command.checkpoint, runId)) : accept(finished);
    }
    case 'request-approval': {
      const call = run.calls.find((candidate) => candidate.callId === command.callId);
      if (command.callId && !call) return refuse('call-unknown', 'There is no such tool call.');
      if (call?.status === 'finished') return refuse('call-not-open', 'This tool call has finished.');
      if (run.approvals.some((approval) => approval.approvalId === command.approvalId))
        return refuse('already-exists', 'This approval exists already.');
      const { type: _, runId: __, ...data } = command;
      return accept(make('approval.requested', data, runId));
    }
    case 'deliver-approval':
    case 'execute-approval':
    case 'withdraw-approval': {
      const approval = run.approvals.find((candidate) => candidate.approvalId === command.approvalId);
      if (!approval) return refuse('approval-unknown', 'There is no such approval in the current run.');
      const { approvalId } = approval;
      if (command.type !== 'withdraw-approval' && !approval.answer) return refuse('approval-open', 'Nobody has answered this approval.');
      if (command.type === 'deliver-approval') return accept(make('approval.delivered', { approvalId }, runId));
      if (command.type === 'execute-approval') return accept(make('approval.executed', { approvalId, outcome: command.outcome }, runId));
      if (approval.answer || approval.withdrawn) return refuse('approval-closed', 'This approval was answered already.');
      return accept(make('approval.withdrawn', { approvalId, reason: command.reason }, runId));
    }
    case 'complete-run':
      return accept(
        ...endOpenParts(state, run, 'cancelled', 'The run has ended.', make),
        make('run.completed', { summary: command.summary, extent: extentOfRun(run) }, runId),
        ...goalOfUnheard(run, make),
      );
    case 'fail-run':
      return accept(
        ...endOpenParts(state, run, 'interrupted', command.error, make),
        make('run.failed', { error: command.error }, runId),
        ...goalOfUnheard(run, make),
      );
    default:
      return refuse('not-this-run', 'Not a command of a worker.');
  }
}
