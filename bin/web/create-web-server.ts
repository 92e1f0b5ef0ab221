import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { NatsProxy } from './nats-proxy.ts';
import { secureHeaders } from './security-headers.ts';

/** Past the largest body that any route takes, the zip of a project; each route has its own limit below it. */
const bodyLimitBytes = 520 * 1024 * 1024;

export type WebServerParts = {
  dev: boolean;
  proxy: NatsProxy;
  /** Answers what it knows of, and says whether it did. */
  answerBuilt?(request: IncomingMessage, response: ServerResponse): boolean;
  handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Upgrades that are not for NATS: the development server's own, once it has answered a request. Says whether somebody took it. */
  handleUpgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
};

/** The one HTTP server of Choir: pages and API through `handleRequest`, `/nats` through the proxy, security headers on all of it. */
export function createWebServer({ dev, proxy, answerBuilt, handleRequest, handleUpgrade }: WebServerParts): Server {
  const server = createServer((request, response) => {
    secureHeaders(request, response, dev);
    if (answerBuilt?.(request, response)) return;
    // Set here and nowhere else, so that no client can pass for another.
    request.headers['choir-client-address'] = request.socket.remoteAddress ?? '';
    if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) {
      refuse(response, { status: 413, title: 'Too large', detail: 'The body is too large.', code: 'too-large' });
      return;
    }
    if (!isAddress(request.url ?? '')) {
      refuse(response, { status: 400, title: 'Bad request', detail: 'This address is not text.', code: 'invalid' });
      return;
    }
    handleRequest(request, response).catch((error: unknown) => {
      console.error('[web] request failed', error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    const isNats = request.url === '/nats' || request.url?.startsWith('/nats?');
    if (isNats) proxy.upgrade(request, socket, head).catch(() => socket.destroy());
    else if (!handleUpgrade?.(request, socket, head)) socket.destroy();
  });
  return server;
}

function refuse(response: ServerResponse, problem: { status: number; title: string; detail: string; code: string }): void {
  response.writeHead(problem.status, { 'content-type': 'application/problem+json', connection: 'close' });
  response.end(JSON.stringify({ type: 'about:blank', ...problem }));
}

/** Next answers 500 to a path that it cannot decode, and no database keeps a NUL that a page looks for. */
function isAddress(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return !url.includes('%00');
  } catch {
    return false;
  }
}
