import type { ProviderId } from '#lib/core/model-call.ts';
import type { Prices } from './create-prices.ts';
import { noTokens, type TokenCounts } from './token-counts.ts';

/** US dollars a token; a cached one is no input beside it. */
export type TokenRates = { cacheRead: number; cacheWrite: number; output: number };

/** What a token costs in a call of ordinary length; null where no price is known. */
export function tokenRates(prices: Prices, provider: ProviderId, model: string): TokenRates | null {
  const tokens = 1_000;
  const rate = (counts: Partial<TokenCounts>) => prices.cost(provider, model, { ...noTokens, ...counts });
  const input = rate({ inputTokens: tokens });
  const output = rate({ outputTokens: tokens });
  if (input === null || output === null) return null;
  const cacheRead = rate({ inputTokens: tokens, cacheReadTokens: tokens }) ?? input;
  // Some providers ask nothing for it, beside what the input costs anyway.
  const cacheWrite = Math.max(input, rate({ inputTokens: tokens, cacheWriteTokens: tokens }) ?? 0);
  return { cacheRead: cacheRead / tokens, cacheWrite: cacheWrite / tokens, output: output / tokens };
}
