import { missingKey } from '#lib/agents/list-agents.ts';
import type { Command } from '#lib/core/decide.ts';
import { newId } from '#lib/core/new-id.ts';
import { type ActiveRun, type ApprovalState, openApprovals } from '#lib/core/state.ts';
import { closingWords } from '#lib/core/words/report-run.ts';
import { readEvents } from '#lib/ledger/read-events.ts';
import type { TerminalAgent } from '#workers/agents/agent.ts';
import { recoverTransactions } from '#workers/run/recover-transactions.ts';
import { type RunContext, type RunSnapshot, record } from '#workers/run/run-context.ts';
import { applyLimitAnswer } from '#workers/run/run-limit.ts';
import { SessionImpossible } from '#workers/sandbox/sandbox.ts';
import { cleanText } from './acp/clean-text.ts';
import { AgentRefused } from './endings.ts';
import { applyTurnAnswer } from './finish-session.ts';
import { answerPlan } from './plan-phase.ts';
import { InstallFailed } from './program/install-program.ts';
import { openProgram } from './program/open-program.ts';
import { workTerminal } from './screen/work-terminal.ts';
import { cutOff } from './settle-call.ts';
import { sitThrough } from './sit-through.ts';
import { sitWith } from './sit-with.ts';
import { type AcpProtocol, loadSnapshot } from './sitting.ts';

const restartLimit = 3;
const troubles: ReadonlySet<string> = new Set(['crashed', 'limit']);
const detailLimit = 1_000;
/** Approvals beside turns' that no process of the agent's waits for. */
const askedOfRuns: ReadonlySet<ApprovalState['kind']> = new Set(['budget', 'plan']);

/**
 * Works on the run of an agent that is a program of its own, until it waits for a person or ends. The program outlives this worker: what it said
 * meanwhile is read from its session, and what the ledger has of that is not written twice.
 */
export async function workSession(context: RunContext, agent: TerminalAgent): Promise<void> {
  while ((await takeTurn(context, agent)) === 'again') context.signal.throwIfAborted();
}

async function takeTurn(context: RunContext, agent: TerminalAgent): Promise<'again' | 'done'> {
  const snapshot = await loadSnapshot(context);
  const { state, run } = snapshot;
  const turn = run.approvals.findLast(({ kind }) => kind === 'turn');
  if (turn?.answer && (!turn.executed || turn.answer.decision === 'approve'))
    return applyTurnAnswer(context, snapshot, turn, run.session?.sessionId ?? '');
  const answered = run.approvals.find(({ kind, answer, executed }) => answer && !executed && askedOfRuns.has(kind));
  if (answered) {
    await (answered.kind === 'plan' ? answerPlan : applyLimitAnswer)(context, snapshot, answered);
    return 'again';
  }
  if (openApprovals(state).length > 0) return 'done';
  const { protocol } = agent.program;
  const { name, providers } = agent.description;
  if (providers.length > 0 && !providers.some((provider) => context.gateway.providers.includes(provider)))
    return fail(context, `${name} has no model to work with here. ${missingKey(providers)}`);
  const troubled = await readTroubles(context);
  if (troubled.length > restartLimit)
    return fail(context, `The agent had to be started again ${restartLimit} times, and did not come to an end. ${troubled.at(-1)}`.trim());
  try {
    return await (protocol.kind === 'acp' ? work(context, agent, protocol, snapshot) : workTerminal(context, agent, protocol, snapshot));
  } catch (error) {
    if (error instanceof InstallFailed || error instanceof AgentRefused || error instanceof SessionImpossible)
      return fail(context, cleanText(error.message, detailLimit));
    throw error;
  }
}

async function work(context: RunContext, agent: TerminalAgent, protocol: AcpProtocol, { run }: RunSnapshot): Promise<'again' | 'done'> {
  const sessionId = run.session?.sessionId ?? newId('se');
  const { session, version } = await openProgram(context, { run, program: agent.program, sessionId });
  const { kind } = await sitThrough(context, { session, sessionId }, async () => {
    if (!session.wasRunning) await interruptCalls(context, run);
    return sitWith(context, { protocol, sessionId, session, version, isFirst: run.session === null });
  });
  return kind === 'done' ? 'done' : 'again';
}

/** What was under way in a process that is gone has no end that anybody could tell. A yes to it is used up: trying again is asked for again. */
async function interruptCalls(context: RunContext, { runId, calls, approvals }: ActiveRun): Promise<void> {
  const open = calls.filter(({ status }) => status !== 'finished');
  if (open.length === 0) return;
  const commands = open.flatMap((call): Command[] => {
    const { callId, status } = call;
    const spent = approvals.filter(
      (approval) => status === 'running' && approval.callId === callId && approval.answer && !approval.executed,
    );
    return [
      { type: 'finish-call', runId, callId, result: cutOff(call, 'The agent’s process ended before this did.') },
      ...spent.map(({ approvalId }) => ({ type: 'execute-approval' as const, runId, approvalId, outcome: 'Interrupted' })),
    ];
  });
  await record(context, 'choir', commands);
}

/** How each of its programs came to grief so far. */
async function readTroubles({ database, threadId, runId }: RunContext): Promise<string[]> {
  const details: string[] = [];
  for await (const events of readEvents(database, threadId, { type: 'session.ended' }))
    for (const event of events)
      if (event.type === 'session.ended' && event.runId === runId && troubles.has(event.data.reason)) details.push(event.data.detail);
  return details;
}

/** With the run goes all of its programs that is in no checkpoint. */
async function fail(context: RunContext, error: string): Promise<'done'> {
  const { state, run } = await loadSnapshot(context);
  await record(context, 'choir', [{ type: 'fail-run', runId: run.runId, error: closingWords(state, run, error) }]);
  await context.sandbox.stop(context.threadId);
  await recoverTransactions(context);
  return 'done';
}
