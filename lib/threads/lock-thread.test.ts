import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { connectDatabase } from '#lib/db/connect-database.ts';
import { testDatabase } from '#tests/services.ts';
import { lockThread } from './lock-thread.ts';

const url = new URL(await testDatabase());
const sockets: Socket[] = [];
const proxy = createServer((client) => {
  const server = connect(Number(url.port), url.hostname);
  sockets.push(client, server);
  for (const socket of [client, server]) socket.on('error', () => socket.destroy());
  client.pipe(server).pipe(client);
}).listen(0, '127.0.0.1');
await once(proxy, 'listening');
const near = connectDatabase(url.href);
const far = connectDatabase(Object.assign(new URL(url), { port: (proxy.address() as AddressInfo).port }).href);

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  proxy.close();
  await Promise.all([near.close(), far.close()]);
});

it('holds a thread for one at a time', async () => {
  const first = await lockThread(near, 'th_one', 10);
  expect(await lockThread(far, 'th_one', 10)).toBeNull();
  await first?.release();
  const second = await lockThread(far, 'th_one', 10);
  expect(second?.signal.aborted).toBe(false);
  await second?.release();
});

it('counts as lost when the server falls silent, though the connection never breaks', async () => {
  const lock = await lockThread(far, 'th_two', 10, 20);
  for (const socket of sockets) socket.unpipe().pause();
  await expect.poll(() => lock?.signal.aborted).toBe(true);
  await lock?.release();
});

it('leaves the pool usable when connections that hold locks break', async () => {
  const held = await Promise.all(Array.from({ length: 12 }, (_, index) => lockThread(near, `th_broken_${index}`, 100, 20)));
  await near.sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid in (select pid from pg_locks where locktype = 'advisory')`;
  await expect.poll(() => held.every((lock) => lock?.signal.aborted)).toBe(true);
  await Promise.all(held.map((lock) => lock?.release()));
  for (let index = 0; index < 12; index += 1) {
    const again = await lockThread(near, `th_broken_${index}`, 1_000);
    expect(again).not.toBeNull();
    await again?.release();
  }
});
