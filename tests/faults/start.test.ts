import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freePort } from '#bin/services/free-port.ts';
import { readLivingProcess } from '#bin/services/process-record.ts';
import { waitUntil } from '#bin/services/wait-until.ts';
import { endOrphans, type PartName, recordPath } from '#bin/start/end-orphans.ts';
import { untilWebIsBuilt } from '../installation.ts';
import { testHome } from '../services.ts';

/** The real `npm start`, killed in every way. */
const home = await testHome();
const port = await freePort();
const parts: PartName[] = ['worker', 'web', 'nats', 'postgres'];
const started: ChildProcess[] = [];

beforeAll(async () => {
  await cp(inject('toolsFolder'), home.tools, { recursive: true });
  await untilWebIsBuilt();
});

afterAll(async () => {
  for (const child of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await endOrphans(home);
});

function start(overrides: Record<string, string> = {}, ...flags: string[]) {
  const child = spawn(process.execPath, ['bin/launch.mjs', 'start', ...flags], {
    env: { ...process.env, CHOIR_HOME: home.root, PORT: String(port), DATABASE_URL: '', NATS_URL: '', ...overrides },
  });
  started.push(child);
  const run = { child, said: '', exited: once(child, 'exit'), closed: once(child, 'close') };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (run.said += chunk));
  return run;
}

async function untilUp(run: ReturnType<typeof start>) {
  const up = () => run.said.includes('Ctrl-C') || run.child.exitCode !== null;
  await waitUntil(up, { what: 'no welcome', timeoutMs: 200_000 });
  expect(run.said).toMatch(/http:\/\/127\.0\.0\.1:\d+\/sign-in#\S+/);
}

function pidOf(part: PartName): number | undefined {
  return readLivingProcess(recordPath(home, part))?.pid;
}

async function isHealthy(): Promise<boolean> {
  const health = await fetch(`http://127.0.0.1:${port}/api/health`).then(
    (response) => response.json(),
    () => ({}),
  );
  return health.status === 'ok' && health.worker === 'present';
}

test('heals what is killed, refuses a second start, takes over from a killed one, and stops without a trace', async () => {
  const first = start();
  await untilUp(first);

  const second = start();
  expect(await second.closed).toEqual([1, null]);
  expect(second.said).toMatch(/running already/);

  const before = new Map(parts.map((part) => [part, pidOf(part)]));
  for (const part of parts) process.kill(before.get(part)!, 'SIGKILL');
  const renewed = () => parts.every((part) => pidOf(part) !== undefined && pidOf(part) !== before.get(part));
  await waitUntil(renewed, { what: 'not every part came back', timeoutMs: 120_000 });
  await waitUntil(isHealthy, { what: 'Choir is not healthy again', timeoutMs: 120_000 });

  const supervisor = JSON.parse(readFileSync(join(home.run, 'start.lock'), 'utf8')).pid;
  process.kill(supervisor, 'SIGKILL');
  await first.exited;
  expect(parts.filter((part) => pidOf(part) === undefined)).toEqual([]);

  const third = start();
  await untilUp(third);
  expect(third.said).toMatch(/left running: worker, web, nats, postgres/);
  await waitUntil(isHealthy, { what: 'Choir is not healthy after the takeover', timeoutMs: 120_000 });
  third.child.kill('SIGINT');
  expect(await third.exited).toEqual([0, null]);
  expect(parts.filter((part) => pidOf(part) !== undefined)).toEqual([]);
});

test('in development a page has the live socket that it waits for before it comes to life', async () => {
  const run = start({}, '--dev');
  await untilUp(run);
  expect((await fetch(`http://127.0.0.1:${port}/sign-in`)).status).toBe(200);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/_next/hmr`);
  await once(socket, 'message');
  socket.close();
  run.child.kill('SIGINT');
  expect(await run.exited).toEqual([0, null]);
});

test('a busy port and wrong settings are refused with a sentence, and nothing is left running', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const busy = start({ PORT: String(address && typeof address === 'object' ? address.port : 0) });
  expect(await busy.closed).toEqual([1, null]);
  expect(busy.said).toMatch(/is taken by .*process \d+/);
  server.close();
  const wrong = start({ PORT: 'many' });
  expect(await wrong.closed).toEqual([1, null]);
  expect(wrong.said).toMatch(/PORT: must be a port from 1 to 65535/);
  expect(parts.filter((part) => pidOf(part) !== undefined)).toEqual([]);
});

test('a PostgreSQL that does not answer is named without its password', async () => {
  const run = start({ DATABASE_URL: `postgres://u:hunter2@127.0.0.1:${await freePort()}/x` });
  expect(await run.closed).toEqual([1, null]);
  expect(run.said).toMatch(/PostgreSQL of DATABASE_URL cannot be used/);
  expect(run.said).not.toContain('hunter2');
  expect(parts.filter((part) => pidOf(part) !== undefined)).toEqual([]);
});
