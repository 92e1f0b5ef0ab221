import { readTerminalGoal } from '#lib/agents/terminal-goal.ts';
import type { Command } from '#lib/core/decide.ts';
import { newId } from '#lib/core/new-id.ts';
import type { ActiveRun, CallState } from '#lib/core/state.ts';
import { refusalWords } from '#lib/core/words/refusal-words.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { requestApproval } from '#workers/run/ask-person.ts';
import { judgeNow, networkOf } from '#workers/run/call/judge-now.ts';
import { failure } from '#workers/run/call/tool-result.ts';
import { requestPlanApproval } from '#workers/run/plan-approval.ts';
import { type RunContext, type RunSnapshot, record } from '#workers/run/run-context.ts';
import type { NetworkAccess } from '#workers/sandbox/sandbox.ts';
import { AgentRefused } from '../endings.ts';
import { isPlanning } from '../plan-phase.ts';
import { inside, loadSnapshot } from '../sitting.ts';
import { nextWords } from './next-words.ts';

/** `asked`: a person said yes to the command. `over`: the run has ended. `ran`: the program has come to its end already, and what it did has not been settled. */
export type Start = { kind: 'waits' | 'over' | 'ran' } | { kind: 'start'; call: CallState; network: NetworkAccess; asked: boolean };

const explanation = 'Runs in a terminal until it is ready for more, or ends.';

/** Judges the command line as any other command, and has the person asked where it must be. Throws `AgentRefused` for what may not run. */
export async function agreeToStart(context: RunContext, snapshot: RunSnapshot): Promise<Start> {
  const { run } = snapshot;
  const { command } = readTerminalGoal(run.goal);
  if (command === '') throw new AgentRefused('The goal’s first line is the command to run, and it is empty.');
  if (isPlanning(run)) {
    await askForPlan(context, run, command);
    return { kind: 'waits' };
  }
  const open = run.calls.find(({ status }) => status !== 'finished');
  if (!open && run.calls.length > 0 && !hasNewWords(run)) return { kind: 'ran' };
  return takeUp(context, open ? snapshot : await propose(context, snapshot, command));
}

async function propose(context: RunContext, snapshot: RunSnapshot, command: string): Promise<RunSnapshot> {
  const call = { tool: 'run_command' as const, args: { command, cwd: '.' } };
  const { verdict } = await judgeNow(context, snapshot, call, inside.home);
  const { runId } = snapshot.run;
  await record(context, 'agent', [{ type: 'propose-call', runId, callId: newId('ca'), call, explanation, verdict }]);
  return loadSnapshot(context);
}

async function takeUp(context: RunContext, snapshot: RunSnapshot): Promise<Start> {
  const { run } = snapshot;
  const { runId } = run;
  const call = run.calls.find(({ status }) => status !== 'finished');
  if (!call) throw new Error(`The ledger lost the call of run ${runId}.`);
  const { callId } = call;
  const ruling = await judgeNow(context, snapshot, call.call, inside.home);
  const { decision, reach, before, reason } = ruling.verdict;
  const refuse = (status: 'denied' | 'rejected', error: string, also: Command[] = []) =>
    record(context, 'choir', [{ type: 'finish-call', runId, callId, result: failure(status, error) }, ...also]);
  if (decision === 'deny') {
    await refuse('denied', reason);
    throw new AgentRefused(reason);
  }
  if (run.dryRun && reach === 'outside') {
    const error = 'Not run in the dry run: it reaches outside the project.';
    await refuse('rejected', error);
    throw new AgentRefused(error);
  }
  const approval = run.approvals.findLast((candidate) => candidate.callId === callId && candidate.answer);
  const { answer, approvalId = '', deliveredAt, executed } = approval ?? {};
  const delivered: Command[] = approval && !deliveredAt ? [{ type: 'deliver-approval', runId, approvalId }] : [];
  if (answer && answer.decision !== 'approve') {
    const outcome = 'Nothing was started';
    const summary =
      answer.decision === 'modify' ? 'Not started. Give the other command as the next goal.' : 'Not started: it was rejected.';
    const ends: Command[] = [
      { type: 'execute-approval', runId, approvalId, outcome },
      { type: 'complete-run', runId, summary },
    ];
    await refuse('rejected', refusalWords(answer.decision), [...delivered, ...ends]);
    return { kind: 'over' };
  }
  if (!answer && decision === 'ask' && (reach === 'outside' || before)) {
    await askToStart(context, snapshot, call, reach === 'outside', reason);
    return { kind: 'waits' };
  }
  const network: NetworkAccess = reach === 'outside' ? networkOf(ruling, answer !== undefined) : { mode: 'deny' };
  const concluded: Command[] = approval && !executed ? [{ type: 'execute-approval', runId, approvalId, outcome: 'Started' }] : [];
  const started: Command[] = call.status === 'running' ? [] : [{ type: 'start-call', runId, callId, network: network.mode === 'allow' }];
  const commands = [...delivered, ...started, ...concluded];
  if (commands.length > 0) await record(context, 'choir', commands);
  return { kind: 'start', call, network, asked: answer !== undefined };
}

async function askToStart(context: RunContext, { state }: RunSnapshot, call: CallState, network: boolean, reason: string): Promise<void> {
  const current = await requireCurrent(context.database, state);
  const action = { call: call.call, cwd: '.', network, baseCheckpointId: current.checkpointId };
  await requestApproval(context, { kind: network ? 'outside' : 'action', call, action, reason });
}

/** There is nothing to look around with: the plan is the command itself. */
async function askForPlan(context: RunContext, { runId, steps }: ActiveRun, command: string): Promise<void> {
  const step = {
    step_id: 'run',
    title: `Run in a terminal: ${command}`.slice(0, 300),
    kind: 'command' as const,
    depends_on: [],
    notes: '',
  };
  if (steps.length === 0) await record(context, 'agent', [{ type: 'propose-plan', runId, reason: 'The goal names it.', steps: [step] }]);
  await requestPlanApproval(context, await loadSnapshot(context));
}

/** Words that no program has heard, while all that was typed before them counts as heard. */
function hasNewWords(run: ActiveRun): boolean {
  const undelivered = run.guidance.filter(({ delivered }) => !delivered);
  return nextWords({ ...run, goal: '', guidance: undelivered }, new Set()) !== null;
}
