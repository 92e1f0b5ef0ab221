import type { ModelCall } from '#lib/core/model-call.ts';
import { newId } from '#lib/core/new-id.ts';

/** A call that a model answered, of one token each way and at no cost, but for what is `given`. */
export function modelCall(given: Partial<ModelCall> = {}): ModelCall {
  return {
    ...{ modelCallId: newId('mc'), provider: 'openai', model: 'm' },
    ...{ inputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 1 },
    ...{ costUsd: 0, durationMs: 1, outcome: 'ok' },
    ...given,
  };
}
