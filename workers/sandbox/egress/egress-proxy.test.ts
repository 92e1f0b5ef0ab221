import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { type EgressProxy, startEgressProxy } from './egress-proxy.ts';

const folder = mkdtempSync(join(tmpdir(), 'choir-egress-'));
const socket = join(folder, 'socket');
const registryServer = createServer((incoming, response) =>
  response.end(`registry got ${incoming.method} ${incoming.url} ${incoming.headers.host}`),
);
let port: number;
let proxy: EgressProxy;
let contacts: string[];

beforeEach(async () => {
  await new Promise<void>((resolve) => registryServer.listen(0, '127.0.0.1', resolve));
  port = (registryServer.address() as AddressInfo).port;
});
afterEach(async () => {
  await proxy.close();
  await new Promise((resolve) => registryServer.close(resolve));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(hosts: string[], registryHost = '127.0.0.1') {
  contacts = [];
  const registry = { url: `http://${registryHost}:${port}/`, host: registryHost, caFile: null };
  proxy = await startEgressProxy({ socket, hosts, registry, onContact: (host) => contacts.push(host) });
}

async function get(address: string) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  request({ socketPath: socket, path: address, headers: { connection: 'close' } }, async (response) => {
    resolve({ status: response.statusCode ?? 0, body: await text(response) });
  })
    .once('error', reject)
    .end();
  return promise;
}

async function tunnel(target: string, payload = '') {
  const client = connect(socket);
  client.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n${payload}`);
  return text(client);
}

test('forwards to the registry, at a private address too, and tells whom it contacted once', async () => {
  await start(['registry.npmjs.org']);
  expect(await get(`http://127.0.0.1:${port}/a?b=1`)).toEqual({ status: 200, body: `registry got GET /a?b=1 127.0.0.1:${port}` });
  await get(`http://127.0.0.1:${port}/c`);
  expect(contacts).toEqual([`127.0.0.1:${port}`]);
});

test('reaches no other port of the machine that the registry is on', async () => {
  const other = createServer((_, response) => response.end('not the registry'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  try {
    await start(['*']);
    const target = `127.0.0.1:${(other.address() as AddressInfo).port}`;
    expect((await get(`http://${target}/`)).status).toBe(403);
    expect(await tunnel(target)).toMatch(/^HTTP\/1.1 403/);
    expect(contacts).toEqual([]);
  } finally {
    await new Promise((resolve) => other.close(resolve));
  }
});

test('tunnels with CONNECT', async () => {
  await start(['*']);
  const answer = await tunnel(`127.0.0.1:${port}`, `GET /t HTTP/1.1\r\nHost: r\r\nConnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1.1 200 Connection established\r\n\r\nHTTP\/1.1 200 OK[\s\S]*registry got GET \/t r/);
});

test.each(['localhost', '127.0.0.1', '127.1', '[::1]', '[::ffff:127.0.0.1]', '10.0.0.1', '169.254.169.254', '0.0.0.0', '2130706433'])(
  'refuses %s, which is no public host',
  async (host) => {
    await start(['*'], 'registry.example');
    expect((await get(`http://${host}:${port}/`)).status).toBe(403);
    expect(await tunnel(`${host}:${port}`)).toMatch(/^HTTP\/1.1 (403|502)/);
    expect(contacts).toEqual([]);
  },
);

test('refuses hosts that the project does not allow', async () => {
  await start(['example.org', '*.example.net']);
  for (const host of ['example.com', 'notexample.org', 'example.net', 'evil-example.net', '127.0.0.1'])
    expect(await get(`http://${host}:${port}/`)).toMatchObject({ status: 403, body: expect.stringContaining('does not allow') });
});

test('refuses hosts that are taken out of those allowed, by name and by address', async () => {
  await start(['*', '!example.org', '!*.example.net'], 'registry.example');
  for (const host of ['example.org', 'a.example.net', '1.1.1.1'])
    expect(await get(`http://${host}:${port}/`)).toMatchObject({ status: 403, body: expect.stringContaining('does not allow') });
  for (const host of ['EXAMPLE.org.', '0x01010101', '16843009', '1.1']) expect(await tunnel(`${host}:443`)).toContain('does not allow');
});

test.each(['/etc/passwd', 'ftp://example.org/', 'file:///etc/passwd', 'https://example.org/'])('refuses %s', async (address) => {
  await start(['*']);
  expect((await get(address)).status).toBe(403);
});

test.each(['', ':80', 'host', 'host:0', 'host:99999', 'user@host:80:80'])('refuses to tunnel to "%s"', async (target) => {
  await start(['*']);
  expect(await tunnel(target)).toMatch(/^HTTP\/1.1 (400|403|502)/);
});

test('says that a host could not be reached, and nothing more', async () => {
  await start(['*']);
  expect(await get('http://no-such-host.invalid/')).toEqual({ status: 502, body: 'The host could not be reached.\n' });
});
