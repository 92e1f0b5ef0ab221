import type { ActiveRun, CallState } from '#lib/core/state.ts';
import { isActive, openApprovals } from '#lib/core/state.ts';
import { closingWords } from '#lib/core/words/report-run.ts';
import { rulesInForce } from '#lib/rules/rules-in-force.ts';
import { homeSkills, readHomeSkill } from '#lib/skills/home-skills.ts';
import { projectSkills } from '#lib/skills/project-skills.ts';
import { readHistory } from '#lib/threads/read-history.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import type { AgentMove, AgentView, MoveAgent } from '../agents/agent.ts';
import { offeredTools } from '../mcp/offered-tools.ts';
import { applyAnswer } from './apply-answer.ts';
import { applyMove } from './apply-move.ts';
import { isDryPhase } from './call/dry-phase.ts';
import { executeDryCall, finishDryRun, restartDryRun } from './call/dry-run.ts';
import { executeCall } from './call/execute-call.ts';
import { failure } from './call/tool-result.ts';
import { planNeedsApproval, requestPlanApproval } from './plan-approval.ts';
import { summarizeProject } from './project-summary.ts';
import { type RunContext, type RunSnapshot, record } from './run-context.ts';
import { askForMoney, stopAtLimit } from './run-limit.ts';
import { unlessStopped } from './unless-stopped.ts';

/** What the run needs next. `parked`: a person must answer first. */
export type Advance = 'again' | 'parked';

/** One step of a run, decided from the ledger alone: whatever a dead worker left half done is seen here and put right. */
export async function advanceRun(context: RunContext, agent: MoveAgent, snapshot: RunSnapshot): Promise<Advance> {
  const { state, run } = snapshot;
  const answered = run.approvals.find((approval) => approval.answer && !approval.executed && !approval.withdrawn);
  if (answered) {
    await applyAnswer(context, snapshot, answered);
    return 'again';
  }
  if (openApprovals(state).length > 0) return 'parked';

  const unfinished = run.calls.find((call) => call.status !== 'finished');
  if (unfinished) {
    await takeUpCall(context, snapshot, unfinished);
    return 'again';
  }
  const thinksForMoney = agent.description.providers.length > 0 || run.cost.calls > 0;
  if (thinksForMoney && (await stopAtLimit(context, snapshot))) return 'parked';
  const unapproved = planNeedsApproval(run);
  // Words that came meanwhile may change the plan: the agent hears them before anybody is asked, but acts on nothing yet.
  const move = unapproved && undelivered(run).length === 0 ? null : await nextMove(context, agent, snapshot);
  if (move && (move.type === 'fail' || move.type === 'ask') && (await isOutOfMoney(context))) return 'parked';
  if (!move || (unapproved && makesCalls(move))) {
    await requestPlanApproval(context, snapshot);
    return 'parked';
  }
  if ((move.type === 'call' || move.type === 'plan') && !thinksForMoney && (await stopAtLimit(context, snapshot))) return 'parked';
  if (move.type === 'complete' && isDryPhase(run)) await finishDryRun(context, snapshot, move.summary);
  else await applyMove(context, snapshot, move);
  return 'again';
}

/** The agent gave up because the gateway let no call through: the person is asked about the budget, not about the agent's error. */
async function isOutOfMoney(context: RunContext): Promise<boolean> {
  const state = await context.ledger.load(context.threadId);
  return isActive(state.run) && state.run.refusal !== null && askForMoney(context, { state, run: state.run });
}

async function nextMove(context: RunContext, agent: MoveAgent, snapshot: RunSnapshot): Promise<AgentMove> {
  const { state, run } = snapshot;
  const move = await unlessStopped(context.signal, agent.next(await viewFor(context, snapshot), context.signal));
  if (move.type === 'complete') return { ...move, summary: closingWords(state, run, move.summary) };
  return move.type === 'fail' ? { ...move, error: closingWords(state, run, move.error) } : move;
}

/** A call that was started and has no result was cut off with its worker: its overlay is void, and the agent is told. */
async function takeUpCall(context: RunContext, snapshot: RunSnapshot, call: CallState): Promise<void> {
  const dry = isDryPhase(snapshot.run);
  if (call.status === 'proposed') {
    if (dry) await executeDryCall(context, snapshot, call);
    else await executeCall(context, snapshot, call);
    return;
  }
  const reason = call.network
    ? 'Choir stopped while this ran with the network open: it may have happened outside, in part or whole.'
    : 'Choir stopped while this ran. Nothing of it was kept.';
  const interrupted = { type: 'finish-call' as const, runId: context.runId, callId: call.callId, result: failure('interrupted', reason) };
  if (dry) {
    await restartDryRun(context, snapshot, [interrupted]);
    return;
  }
  const transaction = await context.sandbox.begin({ threadId: context.threadId, id: call.callId });
  await transaction.drop();
  await record(context, 'choir', [interrupted]);
}

async function viewFor(context: RunContext, { state, run }: RunSnapshot): Promise<AgentView> {
  const { home } = context;
  const current = await requireCurrent(context.database, state);
  const store = home.store(state.projectId);
  return {
    run,
    project: await summarizeProject(store, state.projectName, current.commit),
    checkpoints: state.checkpoints,
    currentCheckpointId: current.checkpointId,
    guidance: undelivered(run),
    history: () => readHistory(context.database, state),
    models: {
      providers: context.gateway.providers,
      fetch: context.gateway.fetch,
      token: context.gateway.tokenFor({ threadId: context.threadId, runId: run.runId }),
    },
    rules: await rulesInForce(context.database, { ...state, runId: run.runId }),
    mcpServers: () => offeredTools(context, state),
    skills: {
      list: async () => [...(await homeSkills(home)), ...(await projectSkills({ store, commit: current.commit }))],
      readOwn: (name, file) => readHomeSkill(home, name, file),
    },
    type: (text) =>
      context.bus.publishTyping(state.workspaceId, context.threadId, { runId: run.runId, callId: run.runId, stream: 'text', text }),
  };
}

function makesCalls(move: AgentMove): boolean {
  return move.type === 'call' || (move.type === 'answer' && move.calls.length > 0);
}

function undelivered(run: ActiveRun) {
  return run.guidance.filter((words) => !words.delivered);
}
