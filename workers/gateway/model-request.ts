import type { Protocol } from './model-route.ts';
import { choiceCount, requestedOutput, withOutputLimit } from './money/output-limit.ts';
import { weighRequest } from './money/weigh-request.ts';
import { isSearchingModel, namesAddress, withClientTools } from './provider-side.ts';
import { objectIn, type WireObject } from './wire/reading.ts';

export type ModelRequest = {
  model: string;
  /** What the model reads, before anybody counted it. */
  inputTokens: number;
  isKeptForHour: boolean;
  /** Answers that it asks for at once. */
  choices: number;
  /** What all of them may say at most; null when the request leaves it to the provider. */
  maxOutputTokens: number | null;
  /** What goes up, with a lower limit where one is given. */
  body(outputLimit: number | null): Buffer;
};

/** It stands in questions to a person: no words of an agent's own. */
const modelName = /^[\w.:/@+-]{1,200}$/;
/** Objects and lists in a body: 11 million of them in 32 MB took 1.4 GB to read. A million tokens of source code hold a third of this. */
const mostParts = 1_000_000;

export type RequestResult = { ok: true; request: ModelRequest } | { ok: false; message: string };

/**
 * What a counted request asks for, with its body as it goes up: asked to tell its usage, without what the wire would not show the cost of, and
 * without what would reach the network from the provider's side.
 */
export function readModelRequest(protocol: Protocol, modelInPath: string | undefined, bytes: Buffer): RequestResult {
  if (countParts(bytes) > mostParts) return { ok: false, message: 'The request has too many parts.' };
  try {
    const body = objectIn(JSON.parse(bytes.toString()));
    const model = modelInPath ?? body.model;
    if (typeof model !== 'string' || !modelName.test(model)) return { ok: false, message: 'The request names no model.' };
    if (namesAddress(body)) return { ok: false, message: 'The model gateway lets no provider fetch an address. Send the file itself.' };
    if (isSearchingModel(model)) return { ok: false, message: 'The model gateway serves no model that searches the network by itself.' };
    // Bytes, not objects, wait for their turn: the same request weighs many times less.
    const sent = Buffer.from(JSON.stringify(countable(protocol, withClientTools(protocol, body))));
    const choices = choiceCount(protocol, body);
    const requested = requestedOutput(protocol, body);
    const request: ModelRequest = {
      model,
      inputTokens: weighRequest(body, bytes.length),
      isKeptForHour: protocol === 'anthropic' && sent.includes('"ttl":"1h"'),
      choices,
      maxOutputTokens: requested === null ? null : requested * choices,
      body: (limit) => (limit === null ? sent : shortened(protocol, sent, Math.floor(limit / choices))),
    };
    return { ok: true, request };
  } catch {
    return { ok: false, message: 'The request is not JSON, or it is nested too deeply.' };
  }
}

function shortened(protocol: Protocol, sent: Buffer, limit: number): Buffer {
  return Buffer.from(JSON.stringify(withOutputLimit(protocol, objectIn(JSON.parse(sent.toString())), limit)));
}

function countParts(bytes: Buffer): number {
  let parts = 0;
  for (let index = 0; index < bytes.length; index += 1) if (bytes[index] === 0x7b || bytes[index] === 0x5b) parts += 1;
  return parts;
}

/** A background response tells its usage to nobody; a dearer service tier, speed or place costs what no price table says. */
function countable(protocol: Protocol, body: WireObject): WireObject {
  if (protocol === 'openai-chat' && body.stream)
    return { ...body, service_tier: undefined, stream_options: { ...objectIn(body.stream_options), include_usage: true } };
  if (protocol === 'openai-responses') return { ...body, service_tier: undefined, background: undefined };
  return { ...body, service_tier: undefined, serviceTier: undefined, speed: undefined, inference_geo: undefined };
}
