import type { CostRange } from '#lib/budgets/decide-budget.ts';
import type { ModelCall, ProviderId } from '#lib/core/model-call.ts';
import type { Transfer } from '#workers/gateway/forward-call.ts';
import { type Meter, noTokens, type TokenCounts } from '#workers/gateway/wire/create-meter.ts';
import { longestAnswer } from './longest-answer.ts';
import type { Prices } from './prices.ts';

const longestError = 2_000;
const bytesPerToken = 4;
/** Where the model's own is not known. */
const usualContextWindow = 200_000;
/** How long an answer may be under a budget when neither the request nor the model has a known limit. */
const usualOutputTokens = 8_192;
/** An answer that is cut shorter than this is worth no call. */
const shortOutputTokens = 4_096;
const million = 1_000_000;

/** Input tokens before anybody counted them. Pictures weigh more bytes than tokens, so no guess goes beyond what the model could read. */
export function estimateInput(prices: Prices, provider: ProviderId, model: string, bytes: number): number {
  return Math.min(Math.ceil(bytes / bytesPerToken), prices.contextWindow(provider, model) ?? usualContextWindow);
}

/**
 * What a call costs by the length of its answer: US dollars, and the output tokens of the shortest answer that is of use and of the longest.
 * `isBounded`: no answer can be longer, by the request or by the model.
 */
export type Estimate = { inputUsd: number; tokenUsd: number; leastTokens: number; mostTokens: number; isBounded: boolean };

/** null when no price is known; `free` takes such a call for one that costs nothing. */
export function estimateCall(
  prices: Prices,
  call: { provider: ProviderId; model: string; inputTokens: number; maxOutputTokens: number | null; choices: number; free: boolean },
): Estimate | null {
  const { provider, model, inputTokens, maxOutputTokens, choices, free } = call;
  const costOf = (outputTokens: number) => prices.cost(provider, model, { ...noTokens, inputTokens, outputTokens }) ?? (free ? 0 : null);
  const [inputUsd, withMillion] = [costOf(0), costOf(million)];
  if (inputUsd === null || withMillion === null) return null;
  const modelLimit = longestAnswer(provider, model);
  const mostTokens = maxOutputTokens ?? (modelLimit ?? usualOutputTokens) * choices;
  const tokenUsd = (withMillion - inputUsd) / million;
  const isBounded = maxOutputTokens !== null || modelLimit !== undefined;
  return { inputUsd, tokenUsd, leastTokens: Math.min(mostTokens, shortOutputTokens), mostTokens, isBounded };
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

/** What a call that came this far has used. Once it was accepted it is paid for, whether its answer was heard to the end or not. */
export function usedTokens(transfer: Transfer, meter: Meter, estimatedInput: number): TokenCounts {
  if (meter.begun()) return meter.counts(estimatedInput);
  return transfer.ended === 'gone' || transfer.ended === 'stalled' ? { ...noTokens, inputTokens: estimatedInput } : noTokens;
}

/** How a call went: a client may close as soon as the answer has come to its end. */
export function callOutcome(transfer: Transfer, meter: Meter, redact: (text: string) => string): Pick<ModelCall, 'outcome' | 'error'> {
  const said = meter.error();
  if (said === undefined && meter.finished()) return { outcome: 'ok' };
  const unheard = transfer.ended === 'whole' ? 'The answer is not one that a model gives, or it broke off.' : transfer.error;
  return {
    outcome: 'failed',
    error: redact(said ?? unheard)
      .replaceAll('\0', '')
      .slice(0, longestError)
      .toWellFormed(),
  };
}
