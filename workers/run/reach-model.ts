import type { ProviderId } from '#lib/core/model-call.ts';
import type { Gateway } from '../gateway/gateway-access.ts';

const patienceMs = 5_000;

type Wanted = { providers: readonly ProviderId[]; model?: string };

/** Whether a run that needs one of these providers can get to a model, in a sentence. Asks the gateway, and no provider: that would cost. */
export async function reachModel(gateway: Gateway, { providers, model }: Wanted): Promise<{ ok: boolean; detail: string }> {
  const usable = providers.filter((provider) => gateway.providers.includes(provider));
  const named = model?.slice(0, model.indexOf('/'));
  const chosen = named === undefined ? usable[0] : usable.find((provider) => provider === named);
  if (!chosen) return { ok: false, detail: `No model of ${named ?? providers.join(' or ')} is set up here.` };
  const answers = await gateway.fetch(`http://gateway/${chosen}`, { method: 'HEAD', signal: AbortSignal.timeout(patienceMs) }).then(
    () => true,
    () => false,
  );
  return { ok: answers, detail: answers ? (model ?? chosen) : 'The model gateway does not answer.' };
}
