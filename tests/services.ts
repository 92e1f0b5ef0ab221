import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, inject } from 'vitest';
import { type NatsServer, startNatsServer } from '#bin/services/nats-server.ts';
import { type ChoirHome, choirHome } from '#lib/home.ts';

/** Call these at the top level of a test file: what they open is closed after the file's last test. */

/** URL of a fresh, migrated database that only this caller uses. */
export async function testDatabase(): Promise<string> {
  const url = new URL(inject('postgresUrl'));
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  const admin = postgres(url.href, { max: 1 });
  await admin`create database ${admin(name)} template ${admin(inject('templateDatabase'))}`;
  await admin.end();
  url.pathname = name;
  return url.href;
}

/** A nats-server of its own, without fsync; stopped after the file. */
export async function testNats(): Promise<NatsServer> {
  const folder = await temporaryFolder('nats');
  const server = await startNatsServer({ folder, tools: inject('toolsFolder'), durable: false });
  const kill = () => process.kill(server.pid, 'SIGKILL');
  process.once('exit', kill);
  afterAll(async () => {
    process.off('exit', kill);
    await server.stop();
  });
  return server;
}

/** An empty CHOIR_HOME, removed after the file. */
export async function testHome(): Promise<ChoirHome> {
  return choirHome(await temporaryFolder('home'));
}

async function temporaryFolder(kind: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `choir-test-${kind}-`));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
