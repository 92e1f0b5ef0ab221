import type { AgentCost } from '#lib/agents/price-agents.ts';
import { findShortBudget } from '#lib/core/find-short-budget.ts';
import { describeShortBudget, otherAgent } from '#lib/core/words/describe-goal-cost.ts';
import type { RunOptions } from '../composer/run-options.ts';

/** Whom a goal goes to first where Choir picks. */
export const bestFit = 'rules';

/** One sentence where the dollars that a person allows a run are less than its agent may cost; null where they reach, or nothing is known. */
export function warnOfLimit(
  costs: ReadonlyMap<string, Pick<AgentCost, 'estimate'>>,
  { agent, limits: { budgetUsd } }: Pick<RunOptions, 'agent' | 'limits'>,
): string | null {
  const first = costs.get(agent || bestFit)?.estimate;
  if (!first || budgetUsd === undefined) return null;
  const estimate = costs.get(otherAgent(first))?.estimate ?? first;
  const short = findShortBudget(estimate, [{ scope: 'run', period: 'ever', limitUsd: budgetUsd, spentUsd: 0 }]);
  return short && describeShortBudget(short);
}
