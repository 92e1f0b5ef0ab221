import type { RunCost } from '#lib/core/limits/run-cost.ts';
import { describeCost } from '#lib/core/words/describe-cost.ts';
import { shortCount } from '#lib/core/words/format.ts';

/** The bill of a run in one quiet line, or nothing when no model was called. */
export function formatCost(cost: RunCost): string | null {
  return cost.calls === 0 ? null : `${describeCost(cost)} · ${shortCount(cost.inputTokens + cost.outputTokens)} tokens`;
}
