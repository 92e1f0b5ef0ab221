import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { waitUntil } from '#bin/services/wait-until.ts';
import { type ChoirHome, choirHome } from '#lib/home.ts';
import { echoScript, ended, readUntil, said, shellProgram } from '#tests/contracts/sandbox-session.ts';
import { createLocalSandbox } from '../local/create-local-sandbox.ts';
import { findSandboxTools } from '../local/find-tools.ts';
import type { Sandbox, Session } from '../sandbox.ts';
import type { RelayPlan } from './relay-plan.ts';
import { sessionPlaces } from './session-folder.ts';
import { startRelay } from './start-relay.ts';

const never = new AbortController().signal;
let home: ChoirHome;
let sandbox: Sandbox;
beforeEach(async () => {
  // Long, so that the sockets' own paths would be too long for the kernel.
  home = choirHome(join(mkdtempSync(join(tmpdir(), 'choir-deaths-')), 'a-folder-with-quite-a-long-name'.repeat(3)));
  mkdirSync(home.tree('th_1'), { recursive: true });
  sandbox = await createLocalSandbox({ home, tools: findSandboxTools('/nowhere') });
});
afterEach(async () => {
  await sandbox.stop('th_1');
  await sandbox.close();
  rmSync(join(home.root, '..'), { recursive: true, force: true });
});

const program = (script: string) => shellProgram(home.agentHome('th_1', 'shell'), script);
const open = (script: string): Promise<Session> =>
  sandbox.openSession({ threadId: 'th_1', id: 'se_1', program: program(script), signal: never });

/** A worker process of its own that opens the session and does `body` with `session`, `next()` (a line) and `die()`. */
function startWorker(script: string, body: string) {
  const source = `
import { choirHome } from '#lib/home.ts';
import { createLocalSandbox } from '#workers/sandbox/local/create-local-sandbox.ts';
import { findSandboxTools } from '#workers/sandbox/local/find-tools.ts';
const sandbox = await createLocalSandbox({ home: choirHome(${JSON.stringify(home.root)}), tools: findSandboxTools('/nowhere') });
const die = () => process.kill(process.pid, 'SIGKILL');
const signal = new AbortController().signal;
const open = () => sandbox.openSession({ threadId: 'th_1', id: 'se_1', program: ${JSON.stringify(program(script))}, signal });
${body}`;
  return spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
}

/** Processes whose command line holds the text; the session's relay holds its folder. */
function processesWith(text: string): number[] {
  const holds = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && holds(name))
    .map(Number);
}
const relays = () => processesWith(join(home.overlays('th_1'), 'se_1'));
const gone = (text: string) => waitUntil(() => processesWith(text).length === 0, { what: `"${text}" lives on`, timeoutMs: 30_000 });

test('kill -9 of the worker: the program goes on, and the next worker hears all of it', async () => {
  const worker = startWorker(
    'echo ready; read -r line; while [ ! -e ~/go ]; do sleep 0.02; done; echo "alone with $line"; cat',
    `const session = await open(); await session.write('a task');
for await (const line of session.lines(signal)) if (line.text === 'ready') die();`,
  );
  expect(await once(worker, 'exit')).toEqual([null, 'SIGKILL']);
  const session = await open('echo never started');
  expect(session).toMatchObject({ wasRunning: true, knownLines: 2 });
  await session.write('answer');
  writeFileSync(join(home.agentHome('th_1', 'shell'), 'go'), '');
  const lines = await readUntil(session, said('answer'));
  expect(lines.map(({ n, direction, text }) => `${n} ${direction} ${text}`).sort()).toEqual(
    ['1 in a task', '2 out ready', '3 in answer', '4 out alone with a task', '5 out answer'].sort(),
  );
});

test('a signal of the worker\u2019s terminal does not reach the program; a graceful end of the worker ends it', async () => {
  const worker = startWorker(
    'sleep 86441',
    `process.on('SIGINT', () => {}); const session = await open(); process.kill(-process.pid, 'SIGINT');
await session.write('still there'); await sandbox.close();`,
  );
  expect(await once(worker, 'exit')).toEqual([0, null]);
  expect(relays()).toEqual([]);
  await gone('sleep 86441');
});

test.each([0, 50, 100, 150])('kill -9 of the worker %i ms after it began to open leaves one program at most', async (delayMs) => {
  const worker = startWorker('echo up >> started; cat', `setTimeout(die, ${delayMs}); await open(); setInterval(() => {}, 1000);`);
  expect(await once(worker, 'exit')).toEqual([null, 'SIGKILL']);
  const session = await open('echo up >> started; cat');
  await session.write('hello');
  await readUntil(session, said('hello'));
  expect(relays()).toHaveLength(1);
  await session.stop();
  expect(relays()).toEqual([]);
});

test('kill -9 of a worker that has paused the program lets it go on', async () => {
  const worker = startWorker(
    echoScript,
    `const session = await open(); await session.write('one'); await session.paused(async () => die());`,
  );
  expect(await once(worker, 'exit')).toEqual([null, 'SIGKILL']);
  const session = await open(echoScript);
  expect(session.wasRunning).toBe(true);
  await session.write('two');
  await readUntil(session, said('heard two'));
});

test('a relay that stands still is waited for no longer than its time, and is ended with its program', async () => {
  const session = await open('sleep 86443');
  for (const pid of relays()) process.kill(pid, 'SIGSTOP');
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    for (const act of [() => session.paused(async () => {}), () => session.write('a line')]) {
      const refused = expect(act()).rejects.toThrow(/could not be paused|session is over/);
      await expect.poll(() => vi.getTimerCount()).toBeGreaterThan(0);
      await vi.runAllTimersAsync();
      await refused;
    }
  } finally {
    vi.useRealTimers();
  }
  await session.stop();
  await gone('sleep 86443');
  expect(relays()).toEqual([]);
});

test('a relay that does not start in time is ended, and said so', async () => {
  const plan = { folder: join(home.overlays('th_1'), 'se_late') } as RelayPlan;
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    const refused = expect(startRelay(plan, 'mark')).rejects.toThrow('could not start: it took too long.');
    vi.runAllTimers();
    await refused;
  } finally {
    vi.useRealTimers();
  }
  await gone(plan.folder);
});

test('kill -9 of the relay: the program dies too, and another starts on what it left', async () => {
  const first = await open('echo half > file; echo ready; sleep 86442');
  const reading = readUntil(first, ended);
  await waitUntil(async () => (await first.transaction.changes()).length === 1, { what: 'no change', timeoutMs: 30_000 });
  for (const relay of relays()) process.kill(relay, 'SIGKILL');
  expect((await reading).at(-1)).toMatchObject({ direction: 'end', text: expect.stringContaining('relay was killed') });
  await gone('sleep 86442');
  await expect(first.write('hello?')).rejects.toThrow('over');
  const second = await open('cat file; echo whole > file; echo done; cat');
  expect(second.wasRunning).toBe(false);
  const lines = await readUntil(second, said('done'));
  expect(lines.map(({ text }) => text)).toEqual(['half', 'done']);
  await second.stop();
  await second.transaction.keep();
  expect(readFileSync(join(home.tree('th_1'), 'file'), 'utf8')).toBe('whole\n');
});

test('what a killed relay left can be kept at once', async () => {
  const session = await open('while :; do echo x >> grows; done');
  await waitUntil(async () => (await session.transaction.changes()).length === 1, { what: 'no change', timeoutMs: 30_000 });
  for (const relay of relays()) process.kill(relay, 'SIGKILL');
  await waitUntil(() => relays().length === 0, { what: 'the relay lives on', timeoutMs: 30_000 });
  await (await sandbox.begin({ threadId: 'th_1', id: 'se_1' })).keep();
  expect(processesWith('echo x >> grows')).toEqual([]);
  expect(readdirSync(home.tree('th_1'))).toEqual(['grows']);
});

test('kill -9 of the program is told', async () => {
  const session = await open('kill -9 $$');
  expect((await readUntil(session, ended)).at(-1)?.text).toContain('exit code 137');
});

test('a relay that hangs is replaced', async () => {
  const first = await open(echoScript);
  await first.write('one');
  const [relay = 0] = relays();
  process.kill(relay, 'SIGSTOP');
  await first.stop();
  expect(relays()).toEqual([]);
  const second = await open(echoScript);
  expect(second.wasRunning).toBe(false);
  await second.write('two');
  await readUntil(second, said('heard two'));
});

test('a worker that closes leaves alone what another has taken over', async () => {
  const first = await open('cat');
  const other = startWorker('', `const session = await open(); await session.write('mine'); process.exit(0);`);
  const exited = once(other, 'exit');
  await expect(readUntil(first, ended)).rejects.toThrow('The lines ended');
  await exited;
  await sandbox.close();
  sandbox = await createLocalSandbox({ home, tools: findSandboxTools('/nowhere') });
  expect((await open('cat')).wasRunning).toBe(true);
});

test('its log, its variables and its socket are for this user only, and no key is on a command line', async () => {
  const env = { TOKEN: 'a-token-of-this-run' };
  await sandbox.openSession({ threadId: 'th_1', id: 'se_1', program: { ...program('cat'), env }, signal: never });
  expect(processesWith(env.TOKEN)).toEqual([]);
  const folder = join(home.overlays('th_1'), 'se_1');
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readdirSync(sessionPlaces(folder).root).sort()).toEqual(['egress', 'log', 'relay.log', 'socket']);
});
