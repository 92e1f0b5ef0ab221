import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testHome } from '#tests/services.ts';
import { waitForWeb } from './wait-for-web.ts';

const home = await testHome();
const server = createServer((_request, response) => response.end('{}'));
const shutdown = { check: () => {} };
const lives = new Promise<string>(() => {});

beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => server.close());

function waiting(exited: Promise<string>) {
  const { port } = server.address() as AddressInfo;
  return { port, up: waitForWeb({ host: '127.0.0.1', port, home, web: { exited }, shutdown }) };
}

test('a server of somebody else that answers on the port is told apart, and named once our own has ended', async () => {
  const { port, up } = waiting(Promise.resolve('exit code 1'));
  await expect(up).rejects.toThrow(`Port ${port} is taken`);
});

test('our own server is up once it has left its address and answers', async () => {
  const { port, up } = waiting(lives);
  await mkdir(home.run);
  await writeFile(home.webUrl, `http://127.0.0.1:${port}\n`);
  await up;
});
