import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import type { LedgerEvent } from '#lib/core/event.ts';
import { emptyThread } from '#lib/core/state.ts';
import { connectClient } from './client.ts';
import { followThread } from './follow-thread.ts';

function message(seq: number): LedgerEvent {
  const envelope = { id: `ev_${seq}`, at: '2026-01-01T00:00:00.000Z', actor: 'choir', position: seq, threadId: 'th_1', seq } as const;
  return { ...envelope, type: 'message.posted', data: { text: `${seq}` } };
}

/** A server that answers the n-th connection with the n-th list of events and then drops it. */
async function serveInPieces(pieces: number[][]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const seq of pieces[asked.length - 1] ?? []) response.write(`id: ${seq}\ndata: ${JSON.stringify(message(seq))}\n\n`);
    response.write(': alive\n\nid: 9\ndata: {"half', () => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, client: await connectClient({ NODE_ENV: 'test', CHOIR_URL: url, CHOIR_TOKEN: 'x' }) };
}

test('a dropped connection, a gap and a repetition end in every event once, in order', async () => {
  const { asked, client } = await serveInPieces([
    [1, 2],
    [2, 3, 5],
    [4, 5],
  ]);
  const stop = new AbortController();
  const seen: number[] = [];
  for await (const { event, state } of followThread(client, {
    threadId: 'th_1',
    from: emptyThread,
    signal: stop.signal,
    onLost: () => {},
  })) {
    seen.push(event.seq);
    expect(state.seq).toBe(event.seq);
    if (event.seq === 5) stop.abort();
  }
  expect(seen).toEqual([1, 2, 3, 4, 5]);
  expect(asked.map((path) => new URL(path, client.url).searchParams.get('after'))).toEqual(['0', '2', '3']);
});
