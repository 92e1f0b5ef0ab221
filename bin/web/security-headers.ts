import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const everywhere: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), payment=(), usb=()',
};

const pages: Record<string, string> = {
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
};

/** Scripts run only with this request's nonce, or when one that has it loads them. `eval` and inline scripts are for development alone. */
export function contentSecurityPolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    // A podcast's sound and a video that a person pressed play on; nothing else on a page can name an address.
    "media-src 'self' blob: https:",
    "frame-src 'self' https://www.youtube-nocookie.com",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Files of pages in an origin of their own, which `same-origin` would shut out: their route says itself who may load them. */
const pagesOfThreads = '/api/pages/';

/** Sets what every answer carries. Next takes the nonce for its own scripts from the policy in the request, so what a client sent there is replaced. */
export function secureHeaders(request: IncomingMessage, response: ServerResponse, dev: boolean): void {
  const shared = request.url?.startsWith(pagesOfThreads) ? {} : everywhere;
  for (const [name, value] of Object.entries(shared)) response.setHeader(name, value);
  delete request.headers['content-security-policy-report-only'];
  delete request.headers['content-security-policy'];
  if (request.url?.startsWith('/api/')) return;
  for (const [name, value] of Object.entries(pages)) response.setHeader(name, value);
  const policy = contentSecurityPolicy(randomBytes(16).toString('base64'), dev);
  request.headers['content-security-policy'] = policy;
  response.setHeader('content-security-policy', policy);
}
