import type { Protocol } from '#workers/gateway/model-route.ts';
import { countIn, objectIn, type WireObject } from '#workers/gateway/wire/reading.ts';

/** How many answers a request asks for at once. */
export function choiceCount(protocol: Protocol, body: WireObject): number {
  const config = generationConfig(body);
  return Math.max(1, countIn(protocol === 'google' ? (config.candidateCount ?? config.candidate_count) : body.n) ?? 1);
}

/** The tokens that one answer may have; null when the request leaves it to the provider. Of two names for it the larger counts, as servers differ in which they read. */
export function requestedOutput(protocol: Protocol, body: WireObject): number | null {
  const config = generationConfig(body);
  const limits: Record<Protocol, unknown[]> = {
    anthropic: [body.max_tokens],
    'openai-chat': [body.max_completion_tokens, body.max_tokens],
    'openai-responses': [body.max_output_tokens],
    google: [config.maxOutputTokens, config.max_output_tokens],
  };
  const named = limits[protocol].map(countIn).filter((limit) => limit !== undefined);
  return named.length > 0 ? Math.max(...named) : null;
}

/** The request with another limit on each answer, and on the thinking that is a part of it. */
export function withOutputLimit(protocol: Protocol, body: WireObject, limit: number): WireObject {
  switch (protocol) {
    case 'anthropic': {
      const thinking = objectIn(body.thinking);
      const tooLong = (countIn(thinking.budget_tokens) ?? 0) >= limit;
      return { ...body, max_tokens: limit, ...(tooLong ? { thinking: { ...thinking, budget_tokens: Math.floor(limit / 2) } } : {}) };
    }
    case 'openai-chat': {
      const names = ['max_completion_tokens', 'max_tokens'].filter((name) => body[name] !== undefined);
      return { ...body, ...Object.fromEntries((names.length > 0 ? names : ['max_completion_tokens']).map((name) => [name, limit])) };
    }
    case 'openai-responses':
      return { ...body, max_output_tokens: limit };
    case 'google': {
      const { max_output_tokens: _, ...config } = generationConfig(body);
      return { ...body, generation_config: undefined, generationConfig: { ...config, maxOutputTokens: limit } };
    }
  }
}

function generationConfig(body: WireObject): WireObject {
  return { ...objectIn(body.generation_config), ...objectIn(body.generationConfig) };
}
