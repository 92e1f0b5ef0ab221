import type { IncomingMessage } from 'node:http';

/** The headers of a node request as the web's `Headers`, for what serves routes and upgrades alike. */
export function requestHeaders(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) headers.append(name, item);
  }
  return headers;
}
