import { readFileSync } from 'node:fs';
import { calcPrice, type Usage } from '@pydantic/genai-prices';
import { z } from 'zod';
import type { ProviderId } from '#lib/core/model-call.ts';
import type { TokenCounts } from '#workers/gateway/wire/create-meter.ts';

const rate = z.number().nonnegative();
const Rates = z.strictObject({
  input: rate,
  output: rate,
  cacheRead: rate.optional(),
  cacheWrite: rate.optional(),
  audioHour: rate.optional(),
});

/** US dollars per million tokens, by `provider/model`; a name that ends in `*` stands for every model that begins so. Cached tokens cost as input unless said; `audioHour` is for an hour of speech. */
export const PriceTable = z.record(z.string(), Rates);
export type PriceTable = z.infer<typeof PriceTable>;

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

function findRates(table: PriceTable, name: string): PriceTable[string] | undefined {
  const patterns = Object.keys(table).filter((key) => key.endsWith('*') && name.startsWith(key.slice(0, -1)));
  const longest = patterns.sort((one, other) => other.length - one.length)[0];
  return Object.hasOwn(table, name) ? table[name] : longest === undefined ? undefined : table[longest];
}

/** The file that CHOIR_MODEL_PRICES names. Throws an Error that says what is wrong with it. */
export function readPriceTable(path: string | undefined): PriceTable {
  if (path === undefined) return {};
  try {
    return PriceTable.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new Error(`CHOIR_MODEL_PRICES: ${path} cannot be used. ${reason}`);
  }
}
