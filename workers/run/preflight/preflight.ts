import { statfs } from 'node:fs/promises';
import { openEstimates } from '#lib/agents/open-estimates.ts';
import { listListeners } from '#lib/auth/list-listeners.ts';
import { readSpentBudgets } from '#lib/budgets/spent.ts';
import type { EventData } from '#lib/core/event.ts';
import { findShortBudget } from '#lib/core/find-short-budget.ts';
import type { RunState } from '#lib/core/state.ts';
import { describeGoalCost, describeShortBudget } from '#lib/core/words/describe-goal-cost.ts';
import { describeLimits } from '#lib/core/words/describe-limit.ts';
import { formatCount } from '#lib/core/words/format.ts';
import { readCommit } from '#lib/git/objects/read-commit.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { testCommand } from '../../agents/rules/actionizer/test-command.ts';
import { summarizeProject } from '../project-summary.ts';
import { type RunContext, type RunSnapshot, record } from '../run-context.ts';
import { reachModel } from './reach-model.ts';

const diskNeededBytes = 512 * 1024 ** 2;

/** `ok: false` keeps the run from starting, `warns` does not; what is only worth knowing is a detail. */
type Check = EventData<'run.preflighted'>['checks'][number];

/** A run on its own is checked once, before its first move. */
export function isToBeChecked({ mode, preflighted }: RunState): boolean {
  return mode === 'autonomous' && !preflighted;
}

/** Looks, before a run works on its own, whether all stands ready, and writes down what it saw. False: the run has been ended, with the reason. */
export async function preflightRun(context: RunContext, snapshot: RunSnapshot): Promise<boolean> {
  const checks = await Promise.all([
    checkCheckpoint(context, snapshot),
    checkDisk(context),
    checkSandbox(context),
    checkLimits(snapshot),
    checkModel(context, snapshot),
    checkCost(context, snapshot),
    checkTests(context, snapshot),
    checkListeners(context, snapshot),
  ]);
  const failed = checks.filter(({ ok }) => !ok);
  const { runId } = context;
  await record(context, 'choir', [
    { type: 'preflight-run', runId, checks },
    ...(failed.length > 0
      ? [{ type: 'fail-run' as const, runId, error: `Not started. ${failed.map(({ detail }) => detail).join(' ')}` }]
      : []),
  ]);
  return failed.length === 0;
}

async function checkCheckpoint({ database, home }: RunContext, { state }: RunSnapshot): Promise<Check> {
  const { number, commit } = await requireCurrent(database, state);
  const held = await readCommit(home.store(state.projectId), commit).then(
    () => true,
    () => false,
  );
  const detail = held ? `#${number} holds everything as it is now` : `The store does not hold the commit of checkpoint #${number}.`;
  return { name: 'Checkpoint', ok: held, detail };
}

async function checkDisk({ home }: RunContext): Promise<Check> {
  const { bavail, bsize } = await statfs(home.root);
  const free = bavail * bsize;
  const shown = `${(free / 1024 ** 3).toFixed(1)} GB free`;
  const ok = free >= diskNeededBytes;
  return { name: 'Disk', ok, detail: ok ? shown : `The disk is almost full: ${shown}, and a run needs half a gigabyte.` };
}

async function checkSandbox({ sandbox }: RunContext): Promise<Check> {
  const { level, missing } = sandbox.isolation;
  const said = { full: 'full isolation', partial: 'partial isolation', none: 'no isolation: every command is asked for' }[level];
  return { name: 'Sandbox', ok: true, detail: [`${sandbox.kind}, ${said}`, ...missing].join('; ') };
}

async function checkLimits({ run }: RunSnapshot): Promise<Check> {
  const limits = describeLimits(run.limits);
  return { name: 'Limits', ok: true, detail: limits ? `It asks after ${limits}` : 'none' };
}

async function checkModel(context: RunContext, { run }: RunSnapshot): Promise<Check> {
  const { providers, name } = context.agent.description;
  if (providers.length === 0) return { name: 'Model', ok: true, detail: `${name} needs none` };
  const token = context.gateway.tokenFor({ threadId: context.threadId, runId: run.runId });
  return { name: 'Model', ...(await reachModel(context.gateway, { providers, model: run.model, token })) };
}

async function checkCost(context: RunContext, { state, run }: RunSnapshot): Promise<Check> {
  const { workspaceId, projectId, threadId } = state;
  const [estimateOf, budgets] = await Promise.all([
    openEstimates(context, { workspaceId }),
    readSpentBudgets(context, { workspaceId, projectId, threadId, runId: run.runId }),
  ]);
  const estimate = estimateOf(context.agent.description, run.model);
  const short = findShortBudget(estimate, budgets);
  const cost = describeGoalCost(estimate);
  if (!short) return { name: 'Cost', ok: true, detail: cost };
  return { name: 'Cost', ok: true, warns: true, detail: `${cost}. ${describeShortBudget(short)}` };
}

async function checkTests({ home, database }: RunContext, { state }: RunSnapshot): Promise<Check> {
  const { commit } = await requireCurrent(database, state);
  const command = await testCommand(await summarizeProject(home.store(state.projectId), state.projectName, commit), '.');
  return { name: 'Tests', ok: true, detail: command ?? 'no command found: the run cannot test what it does' };
}

async function checkListeners({ database }: RunContext, { state }: RunSnapshot): Promise<Check> {
  const { names, devices } = await listListeners(database, state.workspaceId);
  return {
    name: 'Who is told',
    ok: true,
    detail: `${names.join(', ') || 'nobody'}, on ${formatCount(devices, 'device')}, when it asks or ends`,
  };
}
