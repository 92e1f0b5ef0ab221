import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { choirHome } from '#lib/home.ts';
import { readUntil, shellProgram } from '#tests/contracts/sandbox-session.ts';
import { gatewayPort, type Program, type Sandbox, type Session } from '../sandbox.ts';
import { createLocalSandbox } from './create-local-sandbox.ts';
import { findSandboxTools } from './find-tools.ts';

const home = choirHome(mkdtempSync(join(tmpdir(), 'choir-session-')));
const never = new AbortController().signal;
const registry = createServer((incoming, response) => response.end(`registry ${incoming.url}`));
let sandbox: Sandbox;
let session: Session;

beforeAll(async () => {
  await listen(registry, 0);
  vi.stubEnv('npm_config_registry', `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`);
  vi.stubEnv('CHOIR_TEST_SECRET', 'in the environment');
  for (const threadId of ['th_1', 'th_2']) mkdirSync(home.tree(threadId), { recursive: true });
  mkdirSync(home.agentHome('th_2', 'shell'), { recursive: true });
  mkdirSync(home.gateway, { recursive: true });
  sandbox = await createLocalSandbox({ home, tools: findSandboxTools('/nowhere') });
});
afterAll(async () => {
  await sandbox.close();
  vi.unstubAllEnvs();
  registry.close();
  rmSync(home.root, { recursive: true, force: true });
});
beforeEach(async () => {
  session = await open();
});
afterEach(() => session.transaction.drop());

/** A shell that runs what it is told, line by line. */
function open(rest: Partial<Program> = {}): Promise<Session> {
  const script = 'exec 2>&1; while read -r line; do eval "$line"; echo "--- $?"; done';
  const program = shellProgram(home.agentHome('th_1', 'shell'), script, { gateway: home.gateway, ...rest });
  return sandbox.openSession({ threadId: 'th_1', id: 'se_1', program, signal: never });
}

async function listen(server: Server, where: number | string): Promise<void> {
  await new Promise<void>((resolve) =>
    typeof where === 'number' ? server.listen(where, '127.0.0.1', resolve) : server.listen(where, resolve),
  );
}

/** Runs a script in the session; takes the session over for it, since its lines can be read once. */
async function output(script: string): Promise<string> {
  const attached = await open();
  session = attached;
  await attached.write(script);
  const lines = await readUntil(
    attached,
    ({ n, direction, text }) => n > attached.knownLines && direction === 'out' && text.startsWith('---'),
  );
  const own = lines.filter(({ n, direction }) => n > attached.knownLines && direction === 'out');
  return own.map(({ text }) => `${text}\n`).join('');
}

const get = (port: number, path: string) =>
  `node -e 'require("http").get({ host: "127.0.0.1", port: ${port}, path: "${path}" }, (r) => r.pipe(process.stdout)).on("error", (e) => console.log(e.code))'; echo`;

describe('a session behind the wall', () => {
  test('is never uid 0, has no capability, cannot gain any, and has the system call filter', async () => {
    expect(await output('id -u; grep -E "^(CapEff|CapBnd|NoNewPrivs|Seccomp:)" /proc/self/status')).toBe(
      '1000\nCapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n--- 0\n',
    );
  });

  test('sees no process but its own: not its relay, not the worker', async () => {
    expect(await output('cat /proc/*/cmdline | tr "\\0" " "; echo')).not.toMatch(/relay\.ts|vitest/);
    expect(await output(`kill -0 ${process.pid}; kill -0 ${process.ppid}`)).toMatch(/No such process[\s\S]*No such process/);
    expect(await output('cat /proc/*/environ | tr "\\0" "\\n"; env')).not.toMatch(/CHOIR|in the environment|DATABASE_URL/);
  });

  test('inherits no open file of its relay', async () => {
    // Node reads the certificate beside its other work, so that what it starts meanwhile may hold it, too: it is there for everybody inside.
    const known = '-e /dev/null -e /pipe- -e "^/proc/" -e "^socket:" -e "^/etc/ssl/"';
    const script = `for fd in /proc/$$/fd/*; do readlink $fd; done | grep -v ${known} || true`;
    expect(await output(script)).toBe('--- 0\n');
  });

  test('sees no socket and no log of the relay, no other home, nothing of Choir', async () => {
    for (const path of [home.root, home.agentHome('th_2', 'shell'), join(home.overlays('th_1'), 'se_1', 'session'), home.gatewaySocket]) {
      expect(await output(`test -e '${path}'`), path).toBe('--- 1\n');
    }
    expect(await output('find / -xdev -type s 2>/dev/null; cat /proc/net/unix | grep -c relay')).toBe('0\n--- 1\n');
    expect(await output('grep -rls "se_1\\|overlays" /run /tmp ~ . 2>/dev/null')).toBe('--- 1\n');
  });

  test('cannot write where the host lends it folders', async () => {
    expect(await output('touch /run/gateway/x; touch /run/egress/x; rm /run/forwarder.mjs; mkdir /run/y')).toMatch(
      /(.*Read-only[^\n]*\n){3,4}/,
    );
    expect(readdirSync(home.gateway)).toEqual([]);
  });

  test('a link in its home leads to nothing of the host', async () => {
    const secret = join(home.root, 'secret');
    symlinkSync(secret, join(home.agentHome('th_1', 'shell'), 'way'));
    expect(await output('cat ~/way; echo x > ~/way')).toContain('No such file');
    expect(existsSync(secret)).toBe(false);
  });
});

describe('its way to the gateway', () => {
  test('is there whenever the gateway is, however often it starts anew', async () => {
    expect(await output(get(gatewayPort, '/'))).toContain('ECONNRESET');
    for (const life of ['first', 'second']) {
      const gateway = createServer((_, response) => response.end(`the ${life} gateway`));
      await listen(gateway, home.gatewaySocket);
      expect(await output(get(gatewayPort, '/'))).toContain(`the ${life} gateway`);
      gateway.closeAllConnections();
      await new Promise((resolve) => gateway.close(resolve));
    }
  });
});

describe('its way out', () => {
  const packageUrl = () => `${process.env.npm_config_registry}left-pad`;

  test('is closed until hosts are allowed, and then open for these', async () => {
    expect(await output(get(3128, packageUrl()))).toContain('ECONNRESET');
    const contacts: string[] = [];
    const attached = await open();
    await attached.allowHosts(['registry.npmjs.org'], (host) => contacts.push(host));
    await attached.write(get(3128, packageUrl()));
    await attached.write(get(3128, 'http://example.com/'));
    const lines = await readUntil(attached, ({ text }) => text.includes('does not allow'));
    expect(lines.map(({ text }) => text)).toContain('registry /left-pad');
    expect(contacts).toEqual([new URL(packageUrl()).host]);
  });

  test('is closed when hosts are allowed no more', async () => {
    const attached = await open();
    await attached.allowHosts(['*']);
    await attached.allowHosts([]);
    await attached.write(get(3128, packageUrl()));
    await readUntil(attached, ({ text }) => text.startsWith('ECONNRE'));
  });

  test('ends with the worker that served it, and a new one can open it again', async () => {
    const first = await open();
    await first.allowHosts(['*']);
    await first.detach();
    await expect(first.allowHosts(['*'])).rejects.toThrow('another worker');
    expect(await output(get(3128, packageUrl()))).toContain('ECONNRE');
    const second = await open();
    await second.allowHosts(['*']);
    await second.write(get(3128, packageUrl()));
    await readUntil(second, ({ text }) => text === 'registry /left-pad');
  });

  test('has its variables from the start', async () => {
    expect(await output('echo $https_proxy $NO_PROXY')).toBe('http://127.0.0.1:3128 localhost,127.0.0.1,::1\n--- 0\n');
  });
});

test('without walls no program is started', async () => {
  const plain = await createLocalSandbox({ home, tools: findSandboxTools('/nowhere'), force: { walls: false } });
  const program = shellProgram(home.agentHome('th_2', 'shell'), 'touch ran');
  await expect(plain.openSession({ threadId: 'th_2', id: 'se_1', program, signal: never })).rejects.toThrow('needs a sandbox');
  await plain.close();
});
