import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '#bin/services/free-port.ts';
import { testToolsFolder } from '#bin/services/tools.ts';
import { waitUntil } from '#bin/services/wait-until.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { type ChoirHome, choirHome } from '#lib/home.ts';
import { withoutModelSecrets } from '#lib/settings.ts';

export type PartName = 'worker' | 'gateway' | 'web' | 'nats' | 'postgres';

export type Installation = {
  home: ChoirHome;
  url: string;
  signInUrl: string;
  /** All that was printed so far. */
  output(): string;
  /** JSON in, JSON out, as the CLI's token. Throws with the status for anything but 2xx. */
  api<Body>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Body>;
  thread(threadId: string): Promise<ThreadState>;
  pid(part: PartName): number;
  kill(part: PartName): void;
  /** Ends the supervisor itself, as the machine would: its parts live on. */
  killSupervisor(): Promise<void>;
  stop(): Promise<void>;
  remove(): Promise<void>;
};

const root = fileURLToPath(new URL('..', import.meta.url));

/** Settles when `npm test` has built the web app; at once where nothing else builds it, and the start does. */
export async function untilWebIsBuilt(): Promise<void> {
  const mark = process.env.CHOIR_TEST_WEB_BUILT;
  if (mark) await waitUntil(() => existsSync(mark), { what: 'the web app is not built', timeoutMs: 200_000, everyMs: 100 });
}

/** `npm start` as a person runs it, on a data folder and a port of its own (or those of an installation that ran before), with `environment` added. */
export async function startInstallation(
  before?: Pick<Installation, 'home' | 'url'>,
  environment: Record<string, string> = {},
): Promise<Installation> {
  await untilWebIsBuilt();
  const home = before?.home ?? choirHome(await mkdtemp(join(tmpdir(), 'ci-')));
  if (!before) await cp(testToolsFolder(), home.tools, { recursive: true });
  const port = before ? Number(new URL(before.url).port) : await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [join(root, 'bin', 'launch.mjs'), 'start'], {
    cwd: root,
    env: { ...ownEnvironment(), CHOIR_HOME: home.root, PORT: String(port), NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const signInUrl = () => /http\S+\/sign-in\S+/.exec(printed)?.[0];
  await waitUntil(() => signInUrl() !== undefined || child.exitCode !== null, { what: 'Choir did not start', timeoutMs: 180_000 });
  if (child.exitCode !== null) throw new Error(`Choir did not start:\n${printed}`);
  const token = (await readFile(join(home.root, 'cli-token'), 'utf8')).trim();

  async function api<Body>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Body> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as Body;
  }
  const pid = (part: PartName) => (JSON.parse(readFileSync(join(home.run, `${part}.json`), 'utf8')) as { pid: number }).pid;
  return {
    home,
    url,
    signInUrl: signInUrl() ?? '',
    output: () => printed,
    api,
    thread: (threadId) => api<ThreadState>('GET', `/api/threads/${threadId}`),
    pid,
    kill: (part) => process.kill(pid(part), 'SIGKILL'),
    killSupervisor: () => endTree(child, exited),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGINT');
      await exited;
    },
    remove: () => rm(home.root, { recursive: true, force: true }),
  };
}

/** Without keys that whoever runs the tests has set: no test spends them. */
function ownEnvironment(): NodeJS.Dict<string> {
  return Object.fromEntries(Object.entries(withoutModelSecrets(process.env)).filter(([name]) => !name.startsWith('CHOIR_MODEL')));
}

/** The launcher and the supervisor below it; what the supervisor started is left alone. */
async function endTree(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(/\s+/);
  for (const pid of children.filter(Boolean)) process.kill(Number(pid), 'SIGKILL');
  child.kill('SIGKILL');
  await exited;
}
