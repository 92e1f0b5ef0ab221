import type { SpentBudget } from './spent.ts';

/** A budget as a call finds it: `reservedUsd` is what calls under way may still cost. */
export type ChargedBudget = SpentBudget & { reservedUsd: number };

export type BudgetDecision = { ok: true } | { ok: false; budget: ChargedBudget | null; message: string };

/**
 * Whether a call that may cost up to `estimateUsd` is let through. A call without a price is refused under any budget, as it could cost anything.
 * The message is for the person. Pure.
 */
export function decideBudget(budgets: ChargedBudget[], estimateUsd: number | null, model: string): BudgetDecision {
  const first = budgets[0];
  if (!first) return { ok: true };
  if (estimateUsd === null) {
    const message = `No price is known for the model ${model}, so no budget can hold for it. Name its price in the file of CHOIR_MODEL_PRICES, or choose another model.`;
    return { ok: false, budget: null, message };
  }
  const passed = budgets.find(
    ({ limitUsd, spentUsd, reservedUsd }) => spentUsd + reservedUsd + estimateUsd > limitUsd || spentUsd >= limitUsd,
  );
  return passed ? { ok: false, budget: passed, message: explain(passed, estimateUsd) } : { ok: true };
}

function explain({ scope, period, limitUsd, spentUsd, reservedUsd }: ChargedBudget, estimateUsd: number): string {
  const name = `The budget of this ${scope}${period === 'month' ? ' for this month' : ''}`;
  if (spentUsd >= limitUsd) return `${name} is used up: ${dollars(spentUsd)} of ${dollars(limitUsd)} are spent.`;
  const underWay = reservedUsd > 0 ? `, up to ${dollars(reservedUsd)} more are under way` : '';
  return `${name} does not allow this call: ${dollars(spentUsd)} of ${dollars(limitUsd)} are spent${underWay}, and the call could cost up to ${dollars(estimateUsd)}.`;
}

function dollars(usd: number): string {
  return `$${usd.toFixed(usd < 1 && usd > 0 ? 4 : 2)}`;
}
