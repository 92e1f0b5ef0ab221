import type { ProviderId } from '#lib/core/model-call.ts';

/** Why the gateway answers in a provider's place. */
export type ErrorStatus = 400 | 401 | 402 | 404 | 413 | 429 | 502 | 503 | 504;

const anthropicTypes: Record<ErrorStatus, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  502: 'api_error',
  503: 'overloaded_error',
  504: 'timeout_error',
};

const openaiCodes: Record<ErrorStatus, [type: string, code: string | null]> = {
  400: ['invalid_request_error', null],
  401: ['invalid_request_error', 'invalid_api_key'],
  402: ['insufficient_quota', 'insufficient_quota'],
  404: ['invalid_request_error', 'not_found'],
  413: ['invalid_request_error', 'request_too_large'],
  429: ['rate_limit_error', 'rate_limit_exceeded'],
  502: ['server_error', null],
  503: ['server_error', null],
  504: ['server_error', null],
};

const googleStatuses: Record<ErrorStatus, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  402: 'FAILED_PRECONDITION',
  404: 'NOT_FOUND',
  413: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** An error body as this provider's own SDKs read it. */
export function providerError(provider: ProviderId, status: ErrorStatus, message: string): Record<string, unknown> {
  if (provider === 'anthropic') return { type: 'error', error: { type: anthropicTypes[status], message } };
  if (provider === 'google') return { error: { code: status, message, status: googleStatuses[status] } };
  const [type, code] = openaiCodes[status];
  return { error: { message, type, param: null, code } };
}
