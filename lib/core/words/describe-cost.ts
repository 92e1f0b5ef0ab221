import type { RunCost } from '#lib/core/limits/run-cost.ts';

/** Cents where there are any, more digits only for less than a cent. */
export function describeUsd(usd: number): string {
  if (usd === 0) return '$0';
  if (usd < 0.0001) return 'under $0.0001';
  return usd < 0.01 ? `$${usd.toPrecision(1)}` : `$${usd.toFixed(2)}`;
}

/** Of a sum before a goal and after it. */
export const priceUnknown = 'price unknown';

/** What calls to models cost. A price that is not known is said, not guessed. */
export function describeCost({ costUsd, unpricedCalls }: Pick<RunCost, 'costUsd' | 'unpricedCalls'>): string {
  if (unpricedCalls === 0) return describeUsd(costUsd);
  return costUsd === 0 ? priceUnknown : `${describeUsd(costUsd)} and more`;
}
