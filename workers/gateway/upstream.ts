import type { ProviderId } from '#lib/core/model-call.ts';
import type { ModelSettings } from '#lib/settings.ts';
import type { ModelRoute } from './model-route.ts';

/** One provider as the gateway reaches it. `baseUrl` ends in the API's version, without a slash; `key` never leaves this process but in a header. */
export type Upstream = { provider: ProviderId; baseUrl: string; key: string | undefined };

const versions: Record<ProviderId, string> = { anthropic: 'v1', openai: 'v1', google: 'v1beta' };

/** The providers that have a key or an address. */
export function readUpstreams(settings: ModelSettings): Map<ProviderId, Upstream> {
  const configured: [ProviderId, string | undefined, string | undefined, string][] = [
    ['anthropic', settings.ANTHROPIC_API_KEY, settings.ANTHROPIC_BASE_URL, 'https://api.anthropic.com'],
    ['openai', settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL, 'https://api.openai.com/v1'],
    [
      'google',
      settings.GOOGLE_GENERATIVE_AI_API_KEY ?? settings.GEMINI_API_KEY,
      settings.GOOGLE_GEMINI_BASE_URL,
      'https://generativelanguage.googleapis.com',
    ],
  ];
  return new Map(
    configured.flatMap(([provider, key, address, official]) =>
      key === undefined && address === undefined
        ? []
        : [[provider, { provider, key, baseUrl: withVersion(provider, address ?? official) }]],
    ),
  );
}

/** SDKs disagree on whether an address ends in its version. OpenAI's is used as it is, for servers that keep theirs elsewhere, unless it is bare. */
function withVersion(provider: ProviderId, address: string): string {
  const { origin, pathname } = new URL(address);
  const path = pathname.replace(/\/+$/, '');
  const complete = provider === 'openai' ? path !== '' : /\/v\d\w*$/.test(path);
  return `${origin}${path}${complete ? '' : `/${versions[provider]}`}`;
}

export function upstreamUrl({ baseUrl }: Upstream, { path, search }: Pick<ModelRoute, 'path' | 'search'>): URL {
  return new URL(`${baseUrl}/${path}${search ? `?${search}` : ''}`);
}

const passedUp = ['anthropic-version', 'anthropic-beta', 'openai-beta'];
const passedDown = /^(?:content-type|retry-after(?:-ms)?|x-should-retry|(?:x-)?request-id|(?:anthropic|x)-ratelimit-[\w-]+)$/;

/** What goes up: the few headers that change an answer, and the real key. The form of both bodies is not the client's to choose: it could hide what a call costs. */
export function upstreamHeaders({ provider, key }: Upstream, inbound: NodeJS.Dict<string | string[]>): Record<string, string> {
  const headers: Record<string, string> = {
    accept: '*/*',
    'accept-encoding': 'identity',
    'content-type': 'application/json',
    'user-agent': 'choir',
  };
  for (const name of passedUp) {
    const value = inbound[name];
    if (value !== undefined) headers[name] = String(value);
  }
  if (key === undefined) return headers;
  if (provider === 'anthropic') return { ...headers, 'x-api-key': key };
  if (provider === 'google') return { ...headers, 'x-goog-api-key': key };
  return { ...headers, authorization: `Bearer ${key}` };
}

/** What comes down: no cookies, no account names. */
export function downstreamHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (passedDown.test(name) && value !== undefined ? [[name, String(value)]] : [])),
  );
}
