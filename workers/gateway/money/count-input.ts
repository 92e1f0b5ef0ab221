import type { Dispatcher } from 'undici';
import type { Protocol } from '#workers/gateway/model-route.ts';
import { type Upstream, upstreamUrl } from '#workers/gateway/upstream.ts';
import { countIn, objectIn, type WireObject } from '#workers/gateway/wire/reading.ts';

/** Providers call what they count close, not exact. */
const margin = 1.1;
const waitMs = 15_000;
const largestAnswer = 16 * 1024;

type Counting = { path: string; body: WireObject; read: (answer: WireObject) => unknown };

export type InputToCount = {
  upstream: Upstream;
  protocol: Protocol;
  model: string;
  headers: Record<string, string>;
  /** The request as it goes up. */
  body: Buffer;
  signal: AbortSignal;
};

/** Input tokens of a request by its provider's own count, which costs nothing, rounded up; null where it has none to give. Never throws. */
export async function countInput(dispatcher: Dispatcher, input: InputToCount): Promise<number | null> {
  const { upstream, protocol, model, headers, signal } = input;
  try {
    const counting = countingOf(protocol, model, objectIn(JSON.parse(input.body.toString())));
    if (!counting) return null;
    const url = upstreamUrl(upstream, { path: counting.path, search: '' });
    const answer = await dispatcher.request({
      origin: url.origin,
      path: url.pathname,
      method: 'POST',
      headers,
      body: JSON.stringify(counting.body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(waitMs)]),
    });
    let text = '';
    for await (const chunk of answer.body.setEncoding('utf8')) {
      text += chunk;
      if (text.length > largestAnswer) return null;
    }
    const tokens = answer.statusCode === 200 ? countIn(counting.read(objectIn(JSON.parse(text)))) : undefined;
    return tokens === undefined ? null : Math.ceil(tokens * margin);
  } catch {
    return null;
  }
}

/** Providers refuse to count a request with words in it that are about its answer. */
function countingOf(protocol: Protocol, model: string, body: WireObject): Counting | null {
  switch (protocol) {
    case 'anthropic': {
      const counted = only(body, ['model', 'messages', 'system', 'tools', 'tool_choice', 'thinking']);
      return { path: 'messages/count_tokens', body: counted, read: ({ input_tokens }) => input_tokens };
    }
    case 'openai-responses': {
      const names = ['model', 'input', 'instructions', 'tools', 'tool_choice', 'text', 'reasoning', 'previous_response_id', 'conversation'];
      return { path: 'responses/input_tokens', body: only(body, names), read: ({ input_tokens }) => input_tokens };
    }
    case 'google': {
      const counted = { generateContentRequest: { ...body, model: `models/${model}` } };
      return { path: `models/${model}:countTokens`, body: counted, read: ({ totalTokens }) => totalTokens };
    }
    case 'openai-chat':
      return null;
  }
}

function only(body: WireObject, names: string[]): WireObject {
  return Object.fromEntries(names.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]));
}
