import type { RunCost } from '#lib/core/limits/run-cost.ts';
import { describeUsd } from '#lib/core/words/describe-limit.ts';

export function formatTokens(tokens: number): string {
  if (tokens < 1_000) return `${tokens} tokens`;
  if (tokens < 1_000_000) return `${(tokens / 1_000).toFixed(tokens < 10_000 ? 1 : 0)}k tokens`;
  return `${(tokens / 1_000_000).toFixed(1)}M tokens`;
}

/** The bill of a run in one quiet line, or nothing when no model was called. A price that is not known is said, not guessed. */
export function formatCost(cost: RunCost): string | null {
  if (cost.calls === 0) return null;
  const tokens = formatTokens(cost.inputTokens + cost.outputTokens);
  if (cost.unpricedCalls === cost.calls) return `${tokens}, price unknown`;
  return `${describeUsd(cost.costUsd)}${cost.unpricedCalls > 0 ? ' and more' : ''} · ${tokens}`;
}
