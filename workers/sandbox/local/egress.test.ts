import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { choirHome } from '#lib/home.ts';
import { execShell } from '#tests/contracts/sandbox-under-test.ts';
import type { Sandbox, Transaction } from '../sandbox.ts';
import { createLocalSandbox } from './create-local-sandbox.ts';
import { findSandboxTools } from './find-tools.ts';

const home = choirHome(mkdtempSync(join(tmpdir(), 'choir-egress-')));
const registry = createServer((incoming, response) => response.end(`{"path":"${incoming.url}"}`));
let sandbox: Sandbox;
let transaction: Transaction;
let address: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
  vi.stubEnv('npm_config_registry', address);
  mkdirSync(home.tree('th_1'), { recursive: true });
  sandbox = await createLocalSandbox({ home, tools: findSandboxTools('/nowhere') });
  transaction = await sandbox.begin({ threadId: 'th_1', id: 'ca_1' });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await sandbox.close();
  registry.close();
  rmSync(home.root, { recursive: true, force: true });
});

const get = (path: string) =>
  `node -e 'require("http").get({host: "127.0.0.1", port: 3128, path: "${path}"}, (r) => { process.stdout.write(r.statusCode + " "); r.pipe(process.stdout); })'`;

test('with the network allowed a command reaches allowed hosts through the proxy only', async () => {
  const contacts: string[] = [];
  const network = { mode: 'allow' as const, hosts: ['registry.npmjs.org'] };
  const run = (script: string) => execShell(transaction, script, { network, onContact: (host) => contacts.push(host) });
  expect((await run(get(`${address}left-pad`))).stdout).toBe('200 {"path":"/left-pad"}');
  expect((await run(get('http://example.com/'))).stdout).toContain('403 ');
  expect((await run(`exec 3<>/dev/tcp/127.0.0.1/${new URL(address).port}`)).stderr).toContain('refused');
  expect((await run('npm config get registry; exit 7')).returncode).toBe(7);
  expect(contacts).toEqual([new URL(address).host]);
});

test('a command without the network finds no proxy', async () => {
  expect((await execShell(transaction, get(address))).stderr).toContain('ECONNREFUSED');
});
