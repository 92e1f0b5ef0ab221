import { type ProviderId, providerIds } from '#lib/core/model-call.ts';

/** The form of a provider's requests and answers. */
export type Protocol = 'anthropic' | 'openai-chat' | 'openai-responses' | 'google';

/**
 * `path` is relative to the provider's versioned address. `protocol` is that of what is sent, null where nothing is. `isFree`: the provider asks no money for it.
 * `model` where the path names it.
 */
export type ModelRoute = { provider: ProviderId; path: string; search: string; protocol: Protocol | null; isFree: boolean; model?: string };

type Endpoint = { provider: ProviderId; method: 'GET' | 'POST'; path: RegExp; protocol: Protocol | null; isFree?: true };

/** All that can be reached: an endpoint whose cost nobody counts here (batches, images, fine-tuning) is none. */
const endpoints: Endpoint[] = [
  { provider: 'anthropic', method: 'POST', path: /^messages$/, protocol: 'anthropic' },
  { provider: 'anthropic', method: 'POST', path: /^messages\/count_tokens$/, protocol: 'anthropic', isFree: true },
  { provider: 'anthropic', method: 'GET', path: /^models(?:\/[\w:-][\w.:-]*)?$/, protocol: null, isFree: true },
  { provider: 'openai', method: 'POST', path: /^responses$/, protocol: 'openai-responses' },
  { provider: 'openai', method: 'POST', path: /^chat\/completions$/, protocol: 'openai-chat' },
  { provider: 'openai', method: 'GET', path: /^models(?:\/[\w:-][\w.:-]*){0,3}$/, protocol: null, isFree: true },
  { provider: 'google', method: 'POST', path: /^models\/(?<model>[\w.-]+):(?:generateContent|streamGenerateContent)$/, protocol: 'google' },
  { provider: 'google', method: 'POST', path: /^models\/(?<model>[\w.-]+):countTokens$/, protocol: 'google', isFree: true },
  { provider: 'google', method: 'GET', path: /^models(?:\/[\w-][\w.-]*)?$/, protocol: null, isFree: true },
];

/** Of a query, what a client may ask: others make an answer whose cost nobody reads (`fields`, `callback`, `alt=proto`). */
const passedQuery = /^(?:alt=sse|(?:beta|api-version|client_version|limit|before_id|after_id|pageSize|pageToken)=.*)$/s;

export type RouteResult = { ok: true; route: ModelRoute } | { ok: false; provider: ProviderId };

/** Where a request to `/<provider>/<the provider's own path>` goes, its version (`/v1`, `/v1beta`) left to the configured address. */
export function findRoute(method: string, url: string): RouteResult {
  const [, first = '', path = '', query = ''] = /^\/([a-z]+)\/(?:v1(?:alpha|beta)?\/)?([^?]*)(?:\?(.*))?$/.exec(url) ?? [];
  const provider = providerIds.find((known) => known === first);
  if (!provider) return { ok: false, provider: 'openai' };
  for (const endpoint of endpoints) {
    if (endpoint.provider !== provider || endpoint.method !== method) continue;
    const found = endpoint.path.exec(path);
    if (!found) continue;
    const asked = [...new URLSearchParams(query)].filter(([name, value]) => passedQuery.test(`${name}=${value}`));
    const search = new URLSearchParams(asked);
    const { protocol, isFree = false } = endpoint;
    return { ok: true, route: { provider, path, search: search.toString(), protocol, isFree, ...found.groups } };
  }
  return { ok: false, provider };
}

/** The run token, from where this provider's clients put their key. */
export function presentedToken(provider: ProviderId, headers: NodeJS.Dict<string | string[]>, url: string): string {
  const bearer = /^Bearer\s+(\S+)$/i.exec(String(headers.authorization ?? ''))?.[1];
  const own = headers[provider === 'google' ? 'x-goog-api-key' : 'x-api-key'];
  const key = provider === 'google' ? new URLSearchParams(url.split('?')[1] ?? '').get('key') : null;
  return (typeof own === 'string' ? own : null) ?? bearer ?? key ?? '';
}
