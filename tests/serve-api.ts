import { glob } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import { createWebServer } from '#bin/web/create-web-server.ts';
import { listen } from '#bin/web/listen.ts';
import { natsProxy } from '#bin/web/nats-proxy.ts';
import { requestHeaders } from '#bin/web/request-headers.ts';
import type { WebServices } from '#lib/services.ts';

type Route = {
  pattern: RegExp;
  rest: string | null;
  methods: Record<string, (request: Request, route: { params: Promise<object> }) => Promise<Response>>;
};

/** The real web server over the real routes, with a table of them in the place of Next. Returns its address. */
export async function serveApi(services: WebServices): Promise<string> {
  const routes = await readRoutes();
  const proxy = natsProxy(services);
  const server = createWebServer({ dev: false, proxy, handleRequest: (request, response) => answer(routes, request, response) });
  await listen(server, '127.0.0.1', 0);
  afterAll(() => {
    proxy.close();
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function readRoutes(): Promise<Route[]> {
  const routes: Route[] = [];
  for await (const file of glob('app/api/**/route.ts')) {
    const path = file.replace(/^app/, '').replace(/\/route\.ts$/, '');
    const pattern = path
      .replace(/\[\.\.\.(\w+)\]/, '(?<$1>.+)')
      .replaceAll(/\[(\w+)\]/g, '(?<$1>[^/]+)')
      .replaceAll('.json', '\\.json');
    routes.push({
      pattern: new RegExp(`^${pattern}$`),
      rest: /\[\.\.\.(\w+)\]/.exec(path)?.[1] ?? null,
      methods: await import(/* @vite-ignore */ pathToFileURL(join(process.cwd(), file)).href),
    });
  }
  // What takes any path comes last, the nearest first.
  const rank = ({ pattern, rest }: Route) => (rest ? 1_000 - pattern.source.length : 0);
  routes.sort((left, right) => rank(left) - rank(right));
  return routes;
}

async function answer(routes: Route[], incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`);
  const method = incoming.method ?? 'GET';
  const found = routes.find(({ pattern, methods }) => pattern.test(url.pathname) && method in methods);
  if (!found) return void outgoing.writeHead(404).end();
  const params = Object.entries(found.pattern.exec(url.pathname)?.groups ?? {}).map(([name, value]) => [
    name,
    name === found.rest ? value.split('/').map(decodeURIComponent) : decodeURIComponent(value),
  ]);
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const request = new Request(url, {
    method,
    headers: requestHeaders(incoming),
    signal: gone.signal,
    ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' } : {}),
  } as RequestInit);
  const response = await found.methods[method]?.(request, { params: Promise.resolve(Object.fromEntries(params)) });
  outgoing.writeHead(response?.status ?? 500, [...(response?.headers ?? [])].flat());
  for await (const chunk of response?.body ?? [])
    if (!outgoing.write(chunk)) await new Promise((resolve) => outgoing.once('drain', resolve));
  outgoing.end();
}
