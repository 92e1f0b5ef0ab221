import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { connectDatabase } from '#lib/db/connect-database.ts';
import { readUntil, said } from '#tests/contracts/sandbox-session.ts';
import { testDatabase, testHome } from '#tests/services.ts';
import { createLocalSandbox } from '#workers/sandbox/local/create-local-sandbox.ts';
import { findSandboxTools } from '#workers/sandbox/local/find-tools.ts';
import { InstallFailed, installProgram } from './install-program.ts';
import { removeOldPrograms } from './remove-old-programs.ts';

const database = connectDatabase(await testDatabase());
afterAll(() => database.close());
const home = await testHome();
const signal = new AbortController().signal;

/** An npm before the machine's own, which says how often it was called. */
function countedNpm(): () => number {
  const folder = mkdtempSync(join(tmpdir(), 'choir-npm-'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  const count = join(folder, 'count');
  writeFileSync(join(folder, 'npm'), `#!/bin/sh\necho >> '${count}'\nPATH=\${PATH#*:} exec npm "$@"\n`, { mode: 0o700 });
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  return () => readFileSync(count, 'utf8').length;
}

test('two workers that want the same program download it once, find it whole, and both say so', async () => {
  const downloads = countedNpm();
  let told = 0;
  const onWait = async () => {
    told += 1;
  };
  const options = { signal, onWait };
  const program = { packages: { 'is-number': '7.0.0', 'is-odd': '3.0.1' } };
  const [one, two] = await Promise.all([1, 2].map(() => installProgram({ home, database }, 'small', program, options)));
  expect(one).toEqual(two);
  expect(one).toEqual({ folder: join(home.agents, 'small', '7.0.0+3.0.1'), version: '7.0.0' });
  for (const name of Object.keys(program.packages))
    expect(existsSync(join(one?.folder ?? '', 'node_modules', name, 'package.json'))).toBe(true);
  expect([downloads(), told]).toEqual([1, 2]);
});

test('a program that cannot be had leaves nothing behind', async () => {
  const program = { packages: { 'is-number': '999.999.999' } };
  const install = installProgram({ home, database }, 'none', program, { signal, onWait: async () => {} });
  await expect(install).rejects.toThrow(InstallFailed);
  await expect(install).rejects.toThrow(/Check the network .* npm says: .+/s);
  expect(readdirSync(join(home.agents, 'none'))).toEqual([]);
});

test('what is installed needs no npm', async () => {
  mkdirSync(join(home.agents, 'there', '1.2.3'), { recursive: true });
  const onWait = () => Promise.reject(new Error('Nothing is to be downloaded.'));
  const { version } = await installProgram({ home, database }, 'there', { packages: { any: '1.2.3' } }, { signal, onWait });
  expect(version).toBe('1.2.3');
});

test('versions that are started no more are removed once no program of them runs', async () => {
  const [old, now, draft] = ['1.0.0', '2.0.0', '1.5.0.partial-abc'].map((name) => join(home.agents, 'updated', name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [old, now, draft]) mkdirSync(folder, { recursive: true });
  mkdirSync(home.tree('th_1'), { recursive: true });
  const remove = () => removeOldPrograms(home, { updated: { packages: { any: '2.0.0' } }, none: { packages: {} } });
  const sandbox = await createLocalSandbox({ home, tools: findSandboxTools(home.tools) });
  const mounts = [{ outside: old, inside: '/opt/agent' }];
  const program = { argv: ['cat'], env: {}, home: home.agentHome('th_1', 'updated'), mounts, gateway: null };
  const session = await sandbox.openSession({ threadId: 'th_1', id: 'se_1', program, signal });
  await session.write('up');
  await readUntil(session, said('up'));
  expect(await remove()).toEqual([]);
  await session.stop();
  expect(await remove()).toEqual([old]);
  expect(readdirSync(join(home.agents, 'updated'))).toEqual([basename(draft), basename(now)]);
  utimesSync(draft, 0, 0);
  expect(await remove()).toEqual([draft]);
  expect(await remove()).toEqual([]);
  await sandbox.close();
});
