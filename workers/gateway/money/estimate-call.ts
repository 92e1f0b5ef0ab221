import type { CostRange } from '#lib/budgets/decide-budget.ts';
import type { ProviderId } from '#lib/core/model-call.ts';
import type { Prices } from '#lib/prices/create-prices.ts';
import { noTokens, type TokenCounts } from '#lib/prices/token-counts.ts';
import { longestAnswer } from './longest-answer.ts';

/** Where the model's own is not known: as large as there are. */
const largestContextWindow = 1_000_000;
/** How long an answer may be under a budget when neither the request nor the model has a known limit. */
const usualOutputTokens = 8_192;
/** An answer that is cut shorter than this is worth no call. */
const shortOutputTokens = 4_096;
const million = 1_000_000;

/** Input tokens by the weight of a request, and no more than the model can read. */
export function estimateInput(prices: Prices, provider: ProviderId, model: string, weight: number): number {
  return Math.min(weight, prices.contextWindow(provider, model) ?? largestContextWindow);
}

/**
 * What a call costs by the length of its answer: US dollars, and the output tokens of the shortest answer that is of use and of the longest.
 * `isBounded`: no answer can be longer, by the request or by the model.
 */
export type Estimate = { inputUsd: number; tokenUsd: number; leastTokens: number; mostTokens: number; isBounded: boolean };

type EstimatedCall = {
  provider: ProviderId;
  model: string;
  inputTokens: number;
  /** Whether it asks the provider to keep its input for an hour. */
  isKeptForHour: boolean;
  maxOutputTokens: number | null;
  choices: number;
  /** Takes a call without a price for one that costs nothing. */
  free: boolean;
};

/** At the dearest that tokens can be: all input written to the cache, all output audio or images where the model gives such. null when no price is known. */
export function estimateCall(prices: Prices, call: EstimatedCall): Estimate | null {
  const { provider, model, inputTokens, isKeptForHour, maxOutputTokens, choices, free } = call;
  const costOf = (counts: Partial<TokenCounts>) => prices.cost(provider, model, { ...noTokens, inputTokens, ...counts });
  const plainUsd = costOf({}) ?? (free ? 0 : null);
  if (plainUsd === null) return null;
  const dearest = (kinds: Partial<TokenCounts>[]) => Math.max(plainUsd, ...kinds.map((counts) => costOf(counts) ?? 0));
  const outputTokens = million;
  const millionUsd = dearest([
    { outputTokens },
    { outputTokens, outputAudioTokens: million },
    { outputTokens, outputImageTokens: million },
  ]);
  const modelLimit = longestAnswer(provider, model);
  const mostTokens = maxOutputTokens ?? (modelLimit ?? usualOutputTokens) * choices;
  return {
    inputUsd: dearest([{ cacheWriteTokens: inputTokens, cacheWriteHourTokens: isKeptForHour ? inputTokens : 0 }]),
    tokenUsd: (millionUsd - plainUsd) / million,
    leastTokens: Math.min(mostTokens, shortOutputTokens),
    mostTokens,
    isBounded: maxOutputTokens !== null || modelLimit !== undefined,
  };
}

export function costRange(estimate: Estimate | null): CostRange {
  if (!estimate) return null;
  const { inputUsd, tokenUsd, leastTokens, mostTokens } = estimate;
  return { leastUsd: inputUsd + leastTokens * tokenUsd, mostUsd: inputUsd + mostTokens * tokenUsd };
}

/** How long the answer may be for the money granted, which is null where no budget holds; null: as long as it asked for. */
export function outputLimit(estimate: Estimate | null, grantedUsd: number | null): number | null {
  if (!estimate || grantedUsd === null || estimate.tokenUsd === 0) return null;
  if (grantedUsd >= (costRange(estimate)?.mostUsd ?? 0)) return estimate.isBounded ? null : estimate.mostTokens;
  return Math.max(estimate.leastTokens, Math.floor((grantedUsd - estimate.inputUsd) / estimate.tokenUsd));
}
