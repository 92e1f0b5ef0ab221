import type { Protocol } from './model-route.ts';
import { namesAddress, withClientTools } from './provider-side.ts';
import { countIn, objectIn, type WireObject } from './wire/reading.ts';

/** `maxOutputTokens`: what one answer may say at most, over all its choices; null when the request leaves it to the provider. */
export type ModelRequest = { model: string; maxOutputTokens: number | null; body: Buffer };

const longestModelName = 200;

export type RequestResult = { ok: true; request: ModelRequest } | { ok: false; message: string };

/**
 * What a counted request asks for, with its body as it goes up: asked to tell its usage, without what the wire would not show the cost of, and
 * without what would reach the network from the provider's side.
 */
export function readModelRequest(protocol: Protocol, modelInPath: string | undefined, bytes: Buffer): RequestResult {
  try {
    const body = objectIn(JSON.parse(bytes.toString()));
    const model = modelInPath ?? body.model;
    if (typeof model !== 'string' || model === '' || model.length > longestModelName)
      return { ok: false, message: 'The request names no model.' };
    if (namesAddress(body)) return { ok: false, message: 'The model gateway lets no provider fetch an address. Send the file itself.' };
    const sent = JSON.stringify(countable(protocol, withClientTools(protocol, body)));
    return {
      ok: true,
      request: { model: model.replaceAll('\0', ''), maxOutputTokens: maxOutput(protocol, body), body: Buffer.from(sent) },
    };
  } catch {
    return { ok: false, message: 'The request is not JSON, or it is nested too deeply.' };
  }
}

function maxOutput(protocol: Protocol, body: WireObject): number | null {
  const config = objectIn(body.generationConfig ?? body.generation_config);
  const limit = {
    anthropic: body.max_tokens,
    'openai-chat': body.max_completion_tokens ?? body.max_tokens,
    'openai-responses': body.max_output_tokens,
    google: config.maxOutputTokens ?? config.max_output_tokens,
  }[protocol];
  const choices = countIn(protocol === 'google' ? (config.candidateCount ?? config.candidate_count) : body.n) ?? 1;
  const counted = countIn(limit);
  return counted === undefined ? null : counted * Math.max(choices, 1);
}

/** A background response tells its usage to nobody; a dearer service tier costs what no price table says. */
function countable(protocol: Protocol, body: WireObject): WireObject {
  if (protocol === 'openai-chat' && body.stream === true)
    return { ...body, service_tier: undefined, stream_options: { ...objectIn(body.stream_options), include_usage: true } };
  if (protocol === 'openai-responses') return { ...body, service_tier: undefined, background: undefined };
  return { ...body, service_tier: undefined };
}
