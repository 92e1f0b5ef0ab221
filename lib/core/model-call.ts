import { z } from 'zod';

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

/** What a run has cost so far, over every model call of every agent in it. */
export type RunCost = { calls: number; inputTokens: number; outputTokens: number; costUsd: number; unpricedCalls: number };

export const noCost: RunCost = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, unpricedCalls: 0 };

export function addCost(cost: RunCost, call: ModelCall): RunCost {
  return {
    calls: cost.calls + 1,
    inputTokens: cost.inputTokens + call.inputTokens,
    outputTokens: cost.outputTokens + call.outputTokens,
    costUsd: cost.costUsd + (call.costUsd ?? 0),
    unpricedCalls: cost.unpricedCalls + (call.outcome === 'ok' && call.costUsd === null ? 1 : 0),
  };
}
