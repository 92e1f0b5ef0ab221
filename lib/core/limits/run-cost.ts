import type { ModelCall } from '#lib/core/model-call.ts';

/** What a run has cost so far, over every call of every agent in it that was sent to a model. `unpricedCalls`: those that used tokens whose price is not known. */
export type RunCost = { calls: number; inputTokens: number; outputTokens: number; costUsd: number; unpricedCalls: number };

export const noCost: RunCost = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, unpricedCalls: 0 };

/** The cost with one more call; a refused one was never sent and costs nothing. */
export function addCost(cost: RunCost, call: ModelCall): RunCost {
  if (call.outcome === 'refused') return cost;
  return {
    calls: cost.calls + 1,
    inputTokens: cost.inputTokens + call.inputTokens,
    outputTokens: cost.outputTokens + call.outputTokens,
    costUsd: cost.costUsd + (call.costUsd ?? 0),
    unpricedCalls: cost.unpricedCalls + (call.costUsd === null ? 1 : 0),
  };
}
