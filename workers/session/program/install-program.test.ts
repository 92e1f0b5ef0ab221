import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { connectDatabase } from '#lib/db/connect-database.ts';
import { testDatabase, testHome } from '#tests/services.ts';
import { InstallFailed, installProgram } from './install-program.ts';

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
  expect(readdirSync(join(home.agents, 'none'))).toEqual([]);
});

test('what is installed needs no npm', async () => {
  mkdirSync(join(home.agents, 'there', '1.2.3'), { recursive: true });
  const onWait = () => Promise.reject(new Error('Nothing is to be downloaded.'));
  const { version } = await installProgram({ home, database }, 'there', { packages: { any: '1.2.3' } }, { signal, onWait });
  expect(version).toBe('1.2.3');
});
