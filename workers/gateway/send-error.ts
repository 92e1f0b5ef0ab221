import type { ServerResponse } from 'node:http';
import type { ProviderId } from '#lib/core/model-call.ts';
import { type ErrorStatus, providerError } from './provider-error.ts';

/** Answers in a provider's place. An answer that has begun already is broken off instead. */
export function sendError(response: ServerResponse, provider: ProviderId, status: ErrorStatus, message: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(providerError(provider, status, message));
  // What the client still sends is not read, so the connection cannot serve another request.
  const unread = response.req.complete ? {} : { connection: 'close' };
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...unread }).end(body);
}
