import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, describe, expect, test } from 'vitest';
import { testHome } from '#tests/services.ts';
import { freePort } from './free-port.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { readLivingProcess } from './process-record.ts';

const home = await testHome();
const folder = home.postgres;
const record = join(home.root, 'postgres.json');
const port = await freePort();
let server: Postgres = await startPostgres({ folder, port, durable: true, record });
afterAll(() => server.stop());

async function ask(statement: string): Promise<unknown> {
  const client = postgres(server.url, { max: 1 });
  try {
    return (await client.unsafe(statement)).map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  test('writes to disk before it says so, and understands more than ASCII', async () => {
    expect(await ask('show fsync')).toEqual(['on']);
    expect(await ask('show synchronous_commit')).toEqual(['on']);
    expect(await ask(`select lower('ÄÖÜ')`)).toEqual(['äöü']);
  });

  test('listens on loopback alone and wants its password', async () => {
    expect(await ask('show listen_addresses')).toEqual(['127.0.0.1']);
    const stranger = postgres(server.url.replace(/:[^:@]+@/, ':guess@'), { max: 1 });
    await expect(stranger`select 1`).rejects.toThrow(/password/);
    await stranger.end();
    expect((await stat(join(folder, 'password'))).mode & 0o077).toBe(0);
  });

  test('keeps its data over a stop and over kill -9, on the same address', async () => {
    await ask('create table kept (n int)');
    await ask('insert into kept values (1)');
    await server.stop();
    expect(readLivingProcess(record)).toBeUndefined();
    server = await startPostgres({ folder, port, durable: true, record });
    expect(readLivingProcess(record)?.pid).toBe(server.pid);
    await ask('insert into kept values (2)');
    process.kill(server.pid, 'SIGKILL');
    expect(await server.exited).toBe('SIGKILL');
    server = await restart();
    expect(await ask('select n from kept order by n')).toEqual([1, 2]);
  });
});

/** The children of a killed server may hold its memory for a moment longer; the supervisor tries again just so. */
async function restart(): Promise<Postgres> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startPostgres({ folder, port, durable: true, record });
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
}

test('rejects a data folder that is not whole', async () => {
  const broken = join(home.root, 'broken');
  await mkdir(join(broken, 'data'), { recursive: true });
  await writeFile(join(broken, 'password'), 'x');
  await expect(startPostgres({ folder: broken, durable: false })).rejects.toThrow(/not a whole PostgreSQL data folder/);
});

test('a first start that was cut off leaves nothing in the way', async () => {
  const fresh = join(home.root, 'fresh');
  await mkdir(join(fresh, 'data.new', 'half'), { recursive: true });
  const second = await startPostgres({ folder: fresh, durable: false });
  await second.stop();
  expect(await readdir(fresh)).not.toContain('data.new');
  await rm(fresh, { recursive: true });
});
