import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { afterAll, expect, test } from 'vitest';
import { readBytes } from './read-bytes.ts';

const limitBytes = 1_000;
const server = createServer((incoming, outgoing) => {
  const body = Readable.toWeb(incoming) as NodeReadableStream<Uint8Array> as ReadableStream<Uint8Array>;
  readBytes(body, limitBytes).then(
    (bytes) => outgoing.end(String(bytes.length)),
    (error: { code: string }) => outgoing.writeHead(413).end(error.code),
  );
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
afterAll(() => {
  agent.destroy();
  server.close();
});

async function post(bytes: number) {
  const sent = request({ host: '127.0.0.1', port, method: 'POST', agent });
  sent.end(Buffer.alloc(bytes));
  const [response] = await once(sent, 'response');
  return { reused: sent.reusedSocket, said: Buffer.concat(await response.toArray()).toString() };
}

test('gives a body up to the limit whole', async () => {
  expect((await post(limitBytes)).said).toBe('1000');
});

test('refuses a body past the limit and leaves its connection fit for the next request', async () => {
  expect((await post(5_000_000)).said).toBe('too-large');
  expect(await post(10)).toEqual({ reused: true, said: '10' });
});
