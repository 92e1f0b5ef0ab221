import type { ProviderId } from '#lib/core/model-call.ts';
import { type ModelSetup, modelSetup } from '#lib/model-setup.ts';

/** These providers at their own addresses, with the prices that they publish. */
export function testModelSetup(providers: readonly ProviderId[] = []): ModelSetup {
  return modelSetup({
    CHOIR_MODEL_PROVIDERS: [...providers],
    CHOIR_RUN_BUDGET_USD: 5,
    CHOIR_OPENAI_PROTOCOL: 'responses',
    CHOIR_MODEL_ADDRESSES: new Map(),
  });
}
