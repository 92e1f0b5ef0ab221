import type { ProviderId } from '#lib/core/model-call.ts';
import type { Gateway } from '../../gateway/gateway-access.ts';

const patienceMs = 8_000;

type Wanted = { providers: readonly ProviderId[]; model?: string; token: string };

/** Whether a run that needs one of these providers can get to a model, in a sentence. Asks for the provider's list of models, which is free. */
export async function reachModel(gateway: Gateway, { providers, model, token }: Wanted): Promise<{ ok: boolean; detail: string }> {
  const usable = providers.filter((provider) => gateway.providers.includes(provider));
  const named = model?.slice(0, model.indexOf('/'));
  const chosen = named === undefined ? usable[0] : usable.find((provider) => provider === named);
  if (!chosen) return { ok: false, detail: `No model of ${named ?? providers.join(' or ')} is set up here.` };
  const status = await askForModels(gateway, chosen, token);
  if (status === null) return { ok: false, detail: 'The model gateway does not answer.' };
  if (status === 401 || status === 403) return { ok: false, detail: `${chosen} does not accept the key (${status}).` };
  // A local server may have no list; it answers all the same.
  const answers = status < 500;
  return { ok: answers, detail: answers ? `${model ?? chosen} answers` : `${chosen} cannot be reached (${status}).` };
}

/** The status of the answer, or null when there was none. */
async function askForModels({ fetch }: Gateway, provider: ProviderId, token: string): Promise<number | null> {
  const headers = { authorization: `Bearer ${token}`, 'anthropic-version': '2023-06-01' };
  try {
    const response = await fetch(`http://gateway/${provider}/v1/models`, { headers, signal: AbortSignal.timeout(patienceMs) });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
}
