import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from '#bin/services/free-port.ts';
import { checkPort } from './check-port.ts';

test('a free port is fine', async () => {
  await checkPort('127.0.0.1', await freePort());
});

test('rejects a busy port, names who holds it and offers another', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(checkPort('127.0.0.1', port)).rejects.toThrow(`PORT=${port + 1} npm start`);
  if (process.platform === 'linux') await expect(checkPort('127.0.0.1', port)).rejects.toThrow(`process ${process.pid}`);
  server.close();
});

test('rejects an address that is not of this machine', async () => {
  await expect(checkPort('203.0.113.7', await freePort())).rejects.toThrow(/no address 203\.0\.113\.7/);
});

test('rejects a port that browsers refuse', async () => {
  await expect(checkPort('127.0.0.1', 4190)).rejects.toThrow(/Browsers refuse to open port 4190\. .*PORT=/);
});
