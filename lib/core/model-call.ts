import { z } from 'zod';

/** How the bill names what turns speech into text, beside the agents: a call of a thread, and of no run. */
export const transcriptionAgent = 'transcription';

export const providerIds = ['anthropic', 'openai', 'google'] as const;
export type ProviderId = (typeof providerIds)[number];

/** One call to a model as the gateway counted it: tokens, US dollars. `inputTokens` holds the cached ones too. */
export const ModelCall = z.object({
  modelCallId: z.string(),
  provider: z.enum(providerIds),
  model: z.string().max(200),
  inputTokens: z.number().int().nonnegative(),
  cacheReadTokens: z.number().int().nonnegative(),
  cacheWriteTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  costUsd: z.number().nonnegative().nullable().describe('null: no price is known for this model'),
  durationMs: z.number().nonnegative(),
  outcome: z.enum(['ok', 'failed', 'refused']),
  error: z.string().max(2000).optional(),
  leastUsd: z.number().nonnegative().nullable().optional().describe('of a refused call: what it costs at least; null: no price is known'),
});
export type ModelCall = z.infer<typeof ModelCall>;
