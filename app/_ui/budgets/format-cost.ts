import type { RunCost } from '#lib/core/limits/run-cost.ts';
import { describeCost } from '#lib/core/words/describe-cost.ts';

export function formatTokens(tokens: number): string {
  if (tokens < 1_000) return `${tokens} tokens`;
  if (tokens < 1_000_000) return `${(tokens / 1_000).toFixed(tokens < 10_000 ? 1 : 0)}k tokens`;
  return `${(tokens / 1_000_000).toFixed(1)}M tokens`;
}

/** The bill of a run in one quiet line, or nothing when no model was called. */
export function formatCost(cost: RunCost): string | null {
  return cost.calls === 0 ? null : `${describeCost(cost)} · ${formatTokens(cost.inputTokens + cost.outputTokens)}`;
}
