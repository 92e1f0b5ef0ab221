import type { ModelCall } from '#lib/core/model-call.ts';
import { noTokens, type TokenCounts } from '#lib/prices/token-counts.ts';
import type { Transfer } from '#workers/gateway/forward-call.ts';
import type { Meter } from '#workers/gateway/wire/create-meter.ts';

const longestError = 2_000;
/** What large models write, thoughts included. */
const tokensPerSecond = 50;

/** `mostOutput`: tokens that the answer could have at most. `elapsedMs`: since the call was sent. */
export type SentCall = { estimatedInput: number; mostOutput: number; elapsedMs: number };

/**
 * What a call that came this far has used. Once it was accepted it is paid for, whether its answer was heard to the end or not: what the model thought
 * unseen until then is taken by the time it had, so that hanging up before the provider tells its count saves nothing.
 */
export function usedTokens(transfer: Transfer, meter: Meter, { estimatedInput, mostOutput, elapsedMs }: SentCall): TokenCounts {
  const isWaitedFor = transfer.ended === 'gone' || transfer.ended === 'stalled';
  if (!meter.begun() && !isWaitedFor) return noTokens;
  const counts = meter.begun() ? meter.counts(estimatedInput) : { ...noTokens, inputTokens: estimatedInput };
  if (transfer.ended === 'whole' || meter.told()) return counts;
  const unheard = Math.min(mostOutput, Math.floor((elapsedMs / 1_000) * tokensPerSecond));
  return { ...counts, outputTokens: Math.max(counts.outputTokens, unheard) };
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
