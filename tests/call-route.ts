import type { RouteHandler } from '#app/api/_server/handle.ts';

export type Call = {
  method?: string;
  path?: string;
  params?: Record<string, string>;
  headers?: Record<string, string>;
  json?: unknown;
  body?: BodyInit;
  signal?: AbortSignal;
};

/** Calls a route as Next does, with a real request. */
export function callRoute(
  route: RouteHandler,
  { method = 'GET', path = '/api', params = {}, headers = {}, json, body, signal }: Call,
): Promise<Response> {
  const content = json === undefined ? { body } : { body: JSON.stringify(json) };
  const type: Record<string, string> = json === undefined ? {} : { 'content-type': 'application/json' };
  const request = new Request(`http://choir.test${path}`, {
    method,
    ...content,
    signal,
    headers: { host: 'choir.test', ...type, ...headers },
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  });
  return route(request, { params: Promise.resolve(params) });
}
