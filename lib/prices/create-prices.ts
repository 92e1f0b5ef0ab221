import { calcPrice, type Usage } from '@pydantic/genai-prices';
import type { ProviderId } from '#lib/core/model-call.ts';
import { findRates, type PriceTable } from './price-table.ts';
import type { TokenCounts } from './token-counts.ts';

/** What a model heard and wrote. `inputTokens` holds those of the audio too. */
export type Heard = { seconds: number; inputTokens: number; audioTokens: number; outputTokens: number };

export type Prices = {
  /** US dollars; null where no price is known. */
  cost(provider: ProviderId, model: string, counts: TokenCounts): number | null;
  /** The same for speech that was turned into text, by its tokens, or by its seconds where the model's price is for those. */
  speechCost(provider: ProviderId, model: string, heard: Heard): number | null;
  /** Tokens that fit into one call of the model, as far as known. */
  contextWindow(provider: ProviderId, model: string): number | undefined;
};

const million = 1e6;

/** The installation's own prices first, then those of the server at `addresses`, then the provider's. */
export function createPrices(table: PriceTable, addresses: ReadonlyMap<ProviderId, string> = new Map()): Prices {
  function published(provider: ProviderId, model: string, usage: Usage) {
    const address = addresses.get(provider);
    try {
      return (address ? calcPrice(usage, model, { providerApiUrl: address }) : null) ?? calcPrice(usage, model, { providerId: provider });
    } catch {
      // Counts that contradict each other have no price.
      return null;
    }
  }

  return {
    cost(provider, model, counts) {
      const rates = findRates(table, `${provider}/${model}`);
      if (!rates) return published(provider, model, usageOf(counts))?.total_price ?? null;
      const { input, output, cacheRead = input, cacheWrite = input } = rates;
      const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } = counts;
      const uncached = inputTokens - cacheReadTokens - cacheWriteTokens;
      return (uncached * input + cacheReadTokens * cacheRead + cacheWriteTokens * cacheWrite + outputTokens * output) / million;
    },
    speechCost(provider, model, { seconds, inputTokens, audioTokens, outputTokens }) {
      const rates = findRates(table, `${provider}/${model}`);
      if (rates?.audioHour !== undefined) return (seconds / 3_600) * rates.audioHour;
      if (rates) return (inputTokens * rates.input + outputTokens * rates.output) / million;
      const usage = { input_tokens: inputTokens, input_audio_tokens: audioTokens, output_tokens: outputTokens };
      return published(provider, model, { ...usage, audio_seconds: seconds, input_audio_seconds: seconds })?.total_price ?? null;
    },
    contextWindow: (provider, model) => published(provider, model, {})?.model.context_window,
  };
}

/** Which of the cached tokens are audio is not told: those that can be no other. */
function usageOf(counts: TokenCounts): Usage {
  const { inputTokens, cacheReadTokens, cacheWriteTokens, inputAudioTokens } = counts;
  return {
    input_tokens: inputTokens,
    cache_read_tokens: cacheReadTokens,
    cache_write_tokens: cacheWriteTokens,
    cache_write_1h_tokens: counts.cacheWriteHourTokens,
    input_audio_tokens: inputAudioTokens,
    cache_audio_read_tokens: Math.max(0, inputAudioTokens + cacheReadTokens + cacheWriteTokens - inputTokens),
    output_tokens: counts.outputTokens,
    output_audio_tokens: counts.outputAudioTokens,
    output_image_tokens: counts.outputImageTokens,
  };
}
