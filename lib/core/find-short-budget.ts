import type { GoalCost, ShortBudget } from './goal-cost.ts';

type SpentBudget = Omit<ShortBudget, 'leftUsd'> & { limitUsd: number; spentUsd: number };

/** The budget with the least left, in US dollars, where a long goal would pass it; null where all reach. Pure. */
export function findShortBudget(cost: GoalCost, budgets: readonly SpentBudget[]): ShortBudget | null {
  if (!('highUsd' in cost)) return null;
  const left = budgets.map(({ scope, period, limitUsd, spentUsd }) => ({ scope, period, leftUsd: Math.max(0, limitUsd - spentUsd) }));
  const tightest = left.toSorted((one, other) => one.leftUsd - other.leftUsd)[0];
  return tightest && tightest.leftUsd < cost.highUsd ? tightest : null;
}
