import { readSpentBudgets, type SpentBudget } from '#lib/budgets/spent.ts';
import type { Command } from '#lib/core/decide.ts';
import type { LimitName } from '#lib/core/limits/limit-names.ts';
import { limitReached, raisable, wholeCents } from '#lib/core/limits/limit-reached.ts';
import type { ReachedLimit } from '#lib/core/limits/run-limits.ts';
import type { ApprovalState, ThreadState } from '#lib/core/state.ts';
import { describeAmount } from '#lib/core/words/describe-limit.ts';
import { reportRun } from '#lib/core/words/report-run.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { requestApproval } from './ask-person.ts';
import { type RunContext, type RunSnapshot, record } from './run-context.ts';

const names: Record<LimitName, string> = {
  budgetUsd: 'budget',
  maxIterations: 'limit of steps',
  timeMs: 'limit of time',
  scope: 'budget',
  price: 'budget',
};

/** Asks whether the run may go on when it has come to one of its limits. True: it has been asked, and must not go on. */
export async function stopAtLimit(context: RunContext, { state, run }: RunSnapshot): Promise<boolean> {
  const reached = limitReached(run, Date.now());
  if (reached) await askToGoOn(context, state, reached, `The run has come to its ${names[reached.limit]}.`);
  return reached !== null;
}

/**
 * Asks about the budget that stands in the way when the gateway let a call of this run through no more (`run.refusal`). Approve raises the run's own
 * by what the call costs at least; another the person must raise first, and where no price is known the run goes on uncounted. False: no budget
 * holds for this run.
 */
export async function askForMoney(context: RunContext, { state, run }: RunSnapshot): Promise<boolean> {
  const { runId } = run;
  const { threadId, projectId, workspaceId } = state;
  const budgets = await readSpentBudgets(context, { runId, threadId, projectId, workspaceId });
  const left = ({ limitUsd, spentUsd }: SpentBudget) => limitUsd - spentUsd;
  const tightest = budgets.toSorted((one, other) => left(one) - left(other))[0];
  if (!tightest) return false;
  const { key, scope, spentUsd, limitUsd } = tightest;
  const { message, leastUsd } = run.refusal ?? { message: '', leastUsd: 0 };
  const ask = (reached: ReachedLimit, then = '') => askToGoOn(context, state, reached, `${message}${then}`);
  const amounts = { used: spentUsd, allowed: limitUsd };
  if (leastUsd === null) await ask({ limit: 'price', ...amounts, next: limitUsd }, unpriced);
  else if (key === `run:${runId}`) await ask(raisable(run, 'budgetUsd', spentUsd, limitUsd, leastUsd));
  else {
    const enough = wholeCents(Math.max(spentUsd, limitUsd) + leastUsd);
    const then = ` Raise the budget of this ${scope} to ${describeAmount('scope', enough)} or more, then approve to try again.`;
    await ask({ limit: 'scope', ...amounts, next: limitUsd }, then);
  }
  return true;
}

const unpriced =
  ' Approve lets this run use it, and its cost is not counted. To have it counted, reject, name its price in the file of CHOIR_MODEL_PRICES and start Choir again, or choose another model.';

async function askToGoOn(context: RunContext, state: ThreadState, reached: ReachedLimit, why: string): Promise<void> {
  const current = await requireCurrent(context.database, state);
  await requestApproval(context, {
    kind: 'budget',
    action: { cwd: '.', network: false, baseCheckpointId: current.checkpointId, budget: reached },
    reason: `${why} Reject ends the run, and what it did stays.`,
  });
}

/** The fold has raised the limit already, unless the answer was no: then the run ends here, and what it did stays. */
export async function applyLimitAnswer(context: RunContext, { state, run }: RunSnapshot, approval: ApprovalState): Promise<void> {
  const { approvalId, answer, action } = approval;
  const { runId } = run;
  const { limit = 'scope', next = 0 } = action.budget ?? {};
  const goesOn = limit === 'price' ? ', and this model is not counted' : limit === 'scope' ? '' : ` up to ${describeAmount(limit, next)}`;
  const ends: Command[] =
    answer?.decision === 'reject'
      ? [{ type: 'complete-run', runId, summary: `Stopped at its limit.\n\n${reportRun(state, run, Date.now())}` }]
      : [];
  const outcome = ends.length > 0 ? 'The run ends here' : `It goes on${goesOn}`;
  await record(context, 'choir', [{ type: 'execute-approval', runId, approvalId, outcome }, ...ends]);
}
