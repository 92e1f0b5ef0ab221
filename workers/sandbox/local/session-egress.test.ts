import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSessionEgress, type SessionEgress } from './session-egress.ts';

const folder = mkdtempSync(join(tmpdir(), 'choir-egress-'));
/** Says everything back; it stands in for the machine's registry, the one private address that is let through. */
const echo = createServer((socket) => void socket.on('error', () => {}).pipe(socket));
let target: string;
let egress: SessionEgress;

beforeAll(async () => {
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  target = `127.0.0.1:${(echo.address() as AddressInfo).port}`;
});
afterAll(() => {
  echo.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  egress = createSessionEgress(folder, { read: async () => ({ url: `http://${target}/`, host: '127.0.0.1', caFile: null }) });
});
afterEach(() => egress.close());

function ask(line: string): Socket {
  const client = connect(join(folder, 'socket')).on('error', () => {});
  client.write(`${line}\r\nHost: ${target}\r\n\r\n`);
  return client;
}

async function said(client: Socket): Promise<string> {
  return String((await once(client, 'data'))[0]);
}

async function tunnel() {
  const client = ask(`CONNECT ${target} HTTP/1.1`);
  expect(await said(client)).toContain('200 Connection established');
  return {
    client,
    async hears(words: string) {
      client.write(words);
      expect(await said(client)).toBe(words);
    },
  };
}

const [one, both, other] = [['registry.npmjs.org'], ['registry.npmjs.org', 'example.org'], ['example.org']];

test('what goes on to a host outlives that others come and go, and is told to whom they are allowed now', async () => {
  const contacts = { one: [] as string[], both: [] as string[], again: [] as string[] };
  await egress.allow(one, (host) => contacts.one.push(host));
  const { hears } = await tunnel();
  await hears('first');
  await egress.allow(both, (host) => contacts.both.push(host));
  await hears('second');
  await (await tunnel()).hears('another');
  await egress.allow(one, (host) => contacts.again.push(host));
  await hears('third');
  expect(contacts).toEqual({ one: [target], both: [target], again: [target] });
});

test('a host that is allowed no more is cut off at once, tunnels and requests alike, and reached no more', async () => {
  await egress.allow(both);
  const { client } = await tunnel();
  const left = once(echo, 'connection');
  const request = ask(`GET http://${target}/ HTTP/1.1`);
  const [asked] = (await left) as [Socket];
  const gone = [client, request, asked].map((socket) => once(socket, 'close'));
  await egress.allow(other);
  await Promise.all(gone);
  expect(await text(ask(`CONNECT ${target} HTTP/1.1`))).toContain('403 Forbidden');
});

test('is closed with no hosts, opens again, and never once it is closed for good', async () => {
  await egress.allow(one);
  const { client } = await tunnel();
  const gone = once(client, 'close');
  await egress.allow([]);
  await gone;
  const [refused] = await once(connect(join(folder, 'socket')), 'error');
  expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
  await egress.allow(one);
  await (await tunnel()).hears('again');
  const closing = egress.close();
  await expect(egress.allow(one)).rejects.toThrow('another worker');
  await closing;
  await expect(egress.allow(one)).rejects.toThrow('another worker');
});
