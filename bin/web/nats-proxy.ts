import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { authenticate } from '#lib/auth/authenticate.ts';
import { isSameOrigin } from '#lib/auth/is-same-origin.ts';
import { followRevocation } from '#lib/bus/revocations.ts';
import type { WebServices } from '#lib/services.ts';
import { requestHeaders } from './request-headers.ts';

const recheckMs = 60_000;
const socketsPerCredential = 64;
const handshakeHeaders = ['sec-websocket-key', 'sec-websocket-version', 'sec-websocket-protocol', 'sec-websocket-extensions'];

export type NatsProxy = { upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>; close(): void };

/**
 * Carries a browser's WebSocket to the NATS listener on loopback once its session and origin are known. A socket lives as long as its
 * credential: it closes when that is revoked, and the database is asked again every minute in case the word of it was lost.
 */
export function natsProxy({ database, bus, settings }: WebServices): NatsProxy {
  const open = new Map<Duplex, string>();

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const headers = requestHeaders(request);
    const target = settings.NATS_WEBSOCKET_URL;
    if (!target) return refuse(socket, '404 Not Found');
    if (!isSameOrigin(headers, settings.CHOIR_PUBLIC_URL)) return refuse(socket, '403 Forbidden');
    const isAllowed = async () => (await authenticate({ database }, headers).catch(() => null)) !== null;
    const session = await authenticate({ database }, headers).catch(() => null);
    // Its 'close' has come and gone: what is opened now would stay for ever.
    if (socket.destroyed) return;
    if (!session) return refuse(socket, '401 Unauthorized');
    const { credentialId } = session.actor;
    const siblings = [...open.values()].filter((other) => other === credentialId).length;
    if (siblings >= socketsPerCredential) return refuse(socket, '429 Too Many Requests');

    socket.once('close', () => open.delete(socket));
    open.set(socket, credentialId);
    const revocation = followRevocation(bus, credentialId, () => socket.destroy());
    socket.once('close', () => revocation.close());
    const recheck = setInterval(() => void isAllowed().then((allowed) => allowed || socket.destroy()), recheckMs);
    socket.once('close', () => clearInterval(recheck));
    const upstream = forward(request, socket, head, new URL(target));
    socket.once('close', () => upstream.destroy());
    // Revoked between the first look and the subscription: nobody would have told this socket.
    if (!(await isAllowed())) socket.destroy();
  }

  return {
    upgrade,
    close() {
      for (const socket of open.keys()) socket.destroy();
    },
  };
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Only the handshake goes on: neither the cookie nor anything else of the browser's request reaches NATS. */
function forward(request: IncomingMessage, socket: Duplex, head: Buffer, target: URL): Socket {
  const upstream = connect({ host: target.hostname, port: Number(target.port || 80) });
  const handshake = handshakeHeaders.flatMap((name) => {
    const value = request.headers[name];
    return typeof value === 'string' ? [`${name}: ${value}`] : [];
  });
  const lines = ['GET / HTTP/1.1', `Host: ${target.host}`, 'Connection: Upgrade', 'Upgrade: websocket', ...handshake];
  upstream.once('connect', () => {
    upstream.setNoDelay(true);
    upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
    if (head.length > 0) upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.once('error', () => socket.destroy());
  upstream.once('close', () => socket.destroy());
  return upstream;
}
