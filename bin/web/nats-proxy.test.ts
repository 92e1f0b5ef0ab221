import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jwtAuthenticator, wsconnect } from '@nats-io/nats-core';
import { afterAll, expect, test } from 'vitest';
import { revokeCredential } from '#lib/auth/revoke-credential.ts';
import { createDeviceCredential } from '#lib/bus/device-credentials.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { createWebServer } from './create-web-server.ts';
import { listen } from './listen.ts';
import { natsProxy } from './nats-proxy.ts';

const services = await testWebServices();
const proxy = natsProxy(services);
const server = createWebServer({
  dev: false,
  proxy,
  handleRequest: async (request, response) => void response.end(String(request.headers['choir-client-address'])),
});
await listen(server, '127.0.0.1', 0);
const port = portOf(server);
const origin = `http://127.0.0.1:${port}`;
afterAll(() => {
  proxy.close();
  server.close();
  server.closeAllConnections();
});

function portOf(listening: Server): number {
  return (listening.address() as AddressInfo).port;
}

/** The status with which the server answers an upgrade: 101 when it goes through. */
async function upgrade(headers: Record<string, string>, path = '/nats', to = port): Promise<number> {
  const handshake = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  const asking = httpRequest({ host: '127.0.0.1', port: to, path, headers: { ...handshake, ...headers } }).end();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  asking.once('upgrade', (response, socket) => {
    socket.destroy();
    resolve(response.statusCode ?? 0);
  });
  asking.once('response', (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  });
  asking.once('error', reject);
  return promise;
}

test('lets a signed-in page of Choir through, and nobody else', async () => {
  const { cookie, token } = await signedIn(services);
  expect(await upgrade({ cookie, origin })).toBe(101);
  expect(await upgrade({ origin })).toBe(401);
  expect(await upgrade({ cookie: 'choir_session=choir_device_forged', origin })).toBe(401);
  expect(await upgrade({ cookie, origin: 'https://evil.example' })).toBe(403);
  expect(await upgrade({ cookie, origin: `http://127.0.0.1:${port + 1}` })).toBe(403);
  expect(await upgrade({ cookie })).toBe(403);
  expect(await upgrade({ authorization: `Bearer ${token}` })).toBe(403);
});

test('destroys an upgrade to anywhere else', async () => {
  const { cookie } = await signedIn(services);
  await expect(upgrade({ cookie, origin }, '/natsx')).rejects.toThrow();
});

test('keeps nothing of sockets that were reset while it looked whose they are', async () => {
  const { cookie } = await signedIn(services);
  const knocks: Promise<void>[] = [];
  const hasty = createServer().on('upgrade', (request, socket, head) => {
    knocks.push(proxy.upgrade(request, socket, head));
    socket.destroy();
  });
  await listen(hasty, '127.0.0.1', 0);
  const hastyPort = portOf(hasty);
  const knock = () => expect(upgrade({ cookie, origin: `http://127.0.0.1:${hastyPort}` }, '/nats', hastyPort)).rejects.toThrow();
  await Promise.all(Array.from({ length: 64 }, knock));
  await Promise.all(knocks);
  hasty.close();
  expect(knocks).toHaveLength(64);
  expect(await upgrade({ cookie, origin })).toBe(101);
});

test('carries events to a device until its credential is revoked, then closes at once', async () => {
  const { actor, cookie, credentialId, workspaceId } = await signedIn(services);
  const accountSeed = services.settings.NATS_ACCOUNT_SEED ?? '';
  const { jwt } = await createDeviceCredential({ accountSeed, workspaceId });
  const { promise: opened, resolve } = Promise.withResolvers<WebSocket>();
  const device = await wsconnect({
    servers: `ws://127.0.0.1:${port}`,
    authenticator: jwtAuthenticator(jwt),
    reconnect: false,
    wsFactory: async () => {
      // Node's WebSocket takes headers beside the protocols, which a browser adds by itself.
      const socket = new WebSocket(`ws://127.0.0.1:${port}/nats`, { headers: { cookie, origin } } as never);
      socket.binaryType = 'arraybuffer';
      resolve(socket);
      return { socket, encrypted: false };
    },
  });
  const heard = Promise.withResolvers<string>();
  device.subscribe(`live.${workspaceId}.>`, { callback: (_, message) => heard.resolve(message.string()) });
  await device.flush();
  services.bus.connection.publish(`live.${workspaceId}.th_1`, 'news');
  expect(await heard.promise).toBe('news');
  const closed = once(await opened, 'close');
  await revokeCredential({ ...services, actor }, { credentialId });
  await Promise.all([closed, device.closed()]);
});

test('answers carry the security headers; pages a fresh nonce each', async () => {
  const [first, second, api] = await Promise.all(['/', '/', '/api/health'].map((path) => fetch(`${origin}${path}`)));
  const nonce = (response?: Response) => /'nonce-([^']+)'/.exec(response?.headers.get('content-security-policy') ?? '')?.[1];
  expect(nonce(first)).toBeTruthy();
  expect(nonce(first)).not.toBe(nonce(second));
  expect(first?.headers.get('content-security-policy')).not.toContain('unsafe-eval');
  expect(first?.headers.get('x-frame-options')).toBe('DENY');
  for (const response of [first, api]) {
    expect(response?.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response?.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(response?.headers.get('x-powered-by')).toBeNull();
  }
});

test('a client cannot say where it comes from', async () => {
  const response = await fetch(origin, { headers: { 'choir-client-address': '10.0.0.1' } });
  expect(await response.text()).toBe('127.0.0.1');
});

test('refuses a body past the limit before reading it', async () => {
  const asking = httpRequest(`${origin}/api/projects`, { method: 'POST', headers: { 'content-length': String(1e12) } });
  asking.on('error', () => {});
  asking.flushHeaders();
  const [response] = await once(asking, 'response');
  expect(response.statusCode).toBe(413);
  asking.destroy();
});

test('names a busy port and what to do', async () => {
  const second = createWebServer({ dev: false, proxy, handleRequest: async () => {} });
  await expect(listen(second, '127.0.0.1', port)).rejects.toThrow(`Port ${port} is in use by another program. Set PORT`);
});
