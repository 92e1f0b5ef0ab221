import type { Protocol } from './model-route.ts';
import { choiceCount, requestedOutput, withOutputLimit } from './money/output-limit.ts';
import { namesAddress, withClientTools } from './provider-side.ts';
import { objectIn, type WireObject } from './wire/reading.ts';

/**
 * `choices`: answers that it asks for at once. `maxOutputTokens`: what all of them may say at most; null when the request leaves it to the provider. `body` is what goes
 * up, with a lower limit where one is given.
 */
export type ModelRequest = { model: string; choices: number; maxOutputTokens: number | null; body(outputLimit: number | null): Buffer };

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
    const sent = countable(protocol, withClientTools(protocol, body));
    const choices = choiceCount(protocol, body);
    const requested = requestedOutput(protocol, body);
    const request: ModelRequest = {
      model: model.replaceAll('\0', '').toWellFormed(),
      choices,
      maxOutputTokens: requested === null ? null : requested * choices,
      body: (limit) => Buffer.from(JSON.stringify(limit === null ? sent : withOutputLimit(protocol, sent, Math.floor(limit / choices)))),
    };
    return { ok: true, request };
  } catch {
    return { ok: false, message: 'The request is not JSON, or it is nested too deeply.' };
  }
}

/** A background response tells its usage to nobody; a dearer service tier or speed costs what no price table says. */
function countable(protocol: Protocol, body: WireObject): WireObject {
  if (protocol === 'openai-chat' && body.stream === true)
    return { ...body, service_tier: undefined, stream_options: { ...objectIn(body.stream_options), include_usage: true } };
  if (protocol === 'openai-responses') return { ...body, service_tier: undefined, background: undefined };
  return { ...body, service_tier: undefined, speed: undefined };
}
