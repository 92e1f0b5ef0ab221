import type { Gateway } from '#workers/gateway/gateway-access.ts';

export type ModelQuestion = { stream?: boolean; text?: string; maxOutputTokens?: number; signal?: AbortSignal };

type Send = (gateway: Pick<Gateway, 'fetch'>, token: string, question?: ModelQuestion) => Promise<Response>;

function post(
  pathOf: (stream: boolean) => string,
  headersOf: (token: string) => Record<string, string>,
  bodyOf: (question: Required<Pick<ModelQuestion, 'stream' | 'text' | 'maxOutputTokens'>>) => object,
): Send {
  return (gateway, token, { stream = false, text = 'Hello', maxOutputTokens = 100, signal } = {}) =>
    gateway.fetch(`http://gateway${pathOf(stream)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headersOf(token) },
      body: JSON.stringify(bodyOf({ stream, text, maxOutputTokens })),
      signal,
    });
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** One question in each protocol's own words, as a client inside a sandbox would put it. */
export const modelRequests: { name: string; model: string; send: Send }[] = [
  {
    name: 'Anthropic Messages',
    model: 'claude-sonnet-4-5',
    send: post(
      () => '/anthropic/v1/messages',
      (token) => ({ 'x-api-key': token, 'anthropic-version': '2023-06-01' }),
      ({ stream, text, maxOutputTokens }) => ({
        model: 'claude-sonnet-4-5',
        max_tokens: maxOutputTokens,
        stream,
        messages: [{ role: 'user', content: text }],
      }),
    ),
  },
  {
    name: 'OpenAI Chat Completions',
    model: 'gpt-5-mini',
    send: post(
      () => '/openai/v1/chat/completions',
      bearer,
      ({ stream, text, maxOutputTokens }) => ({
        model: 'gpt-5-mini',
        max_completion_tokens: maxOutputTokens,
        stream,
        messages: [{ role: 'user', content: text }],
      }),
    ),
  },
  {
    name: 'OpenAI Responses',
    model: 'gpt-5-mini',
    send: post(
      () => '/openai/v1/responses',
      bearer,
      ({ stream, text, maxOutputTokens }) => ({
        model: 'gpt-5-mini',
        max_output_tokens: maxOutputTokens,
        stream,
        input: [{ role: 'user', content: text }],
      }),
    ),
  },
  {
    name: 'Google generateContent',
    model: 'gemini-2.5-flash',
    send: post(
      (stream) => `/google/v1beta/models/gemini-2.5-flash:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
      (token) => ({ 'x-goog-api-key': token }),
      ({ text, maxOutputTokens }) => ({ contents: [{ role: 'user', parts: [{ text }] }], generationConfig: { maxOutputTokens } }),
    ),
  },
];
