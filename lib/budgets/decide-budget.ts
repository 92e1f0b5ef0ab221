import { describeUsd } from '#lib/core/words/describe-cost.ts';
import type { SpentBudget } from './spent.ts';

/** A budget as a call finds it: `reservedUsd` is what calls under way may still cost. */
export type ChargedBudget = SpentBudget & { reservedUsd: number };

/** What a call may cost, in US dollars: with the shortest answer that is of use, and with the longest it asks for. null: no price is known. */
export type CostRange = { leastUsd: number; mostUsd: number } | null;

/** `grantedUsd`: null where no budget holds. `leastUsd`: what a budget must have left for the call; null where no price is known. */
export type BudgetDecision = { ok: true; grantedUsd: number | null } | { ok: false; message: string; leastUsd: number | null };

/**
 * How much a call may cost, or why it may not be made. Where the longest answer is too dear, half of what is left is granted, so that a call beside it
 * has a share too. A call without a price is refused under any budget, as it could cost anything. Pure.
 */
export function decideBudget(budgets: ChargedBudget[], cost: CostRange, model: string): BudgetDecision {
  const tightest = budgets.toSorted((one, other) => left(one) - left(other))[0];
  if (!tightest) return { ok: true, grantedUsd: null };
  const refuse = (message: string): BudgetDecision => ({ ok: false, message, leastUsd: cost?.leastUsd ?? null });
  if (!cost) return refuse(`What the model ${model} costs is not known, so no budget can hold for it.`);
  const used = budgets.find(({ spentUsd, limitUsd }) => spentUsd >= limitUsd);
  if (used) return refuse(`${nameOf(used)} is used up: ${describeUsd(used.spentUsd)} of ${describeUsd(used.limitUsd)} are spent.`);
  if (cost.leastUsd > left(tightest)) return refuse(explain(tightest, cost.leastUsd));
  if (cost.mostUsd <= left(tightest)) return { ok: true, grantedUsd: cost.mostUsd };
  return { ok: true, grantedUsd: Math.max(cost.leastUsd, left(tightest) / 2) };
}

function left({ limitUsd, spentUsd, reservedUsd }: ChargedBudget): number {
  return limitUsd - spentUsd - reservedUsd;
}

function explain(budget: ChargedBudget, leastUsd: number): string {
  const underWay = budget.reservedUsd > 0 ? `, up to ${describeUsd(budget.reservedUsd)} more are under way` : '';
  return `${nameOf(budget)} does not allow this call: ${describeUsd(budget.spentUsd)} of ${describeUsd(budget.limitUsd)} are spent${underWay}, and the call could cost ${describeUsd(leastUsd)}.`;
}

function nameOf({ scope, period }: ChargedBudget): string {
  return `The budget of this ${scope}${period === 'month' ? ' for this month' : ''}`;
}
