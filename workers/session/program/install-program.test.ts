import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { connectDatabase } from '#lib/db/connect-database.ts';
import { testDatabase, testHome } from '#tests/services.ts';
import { InstallFailed, installProgram } from './install-program.ts';

const database = connectDatabase(await testDatabase());
afterAll(() => database.close());
const home = await testHome();
const signal = new AbortController().signal;

test('two workers that want the same program download it once, and find it whole', async () => {
  let downloads = 0;
  const onStart = async () => {
    downloads += 1;
  };
  const options = { signal, onStart };
  const program = { packages: { 'is-number': '7.0.0' } };
  const [one, two] = await Promise.all([1, 2].map(() => installProgram({ home, database }, 'small', program, options)));
  expect(one).toEqual(two);
  expect(one).toEqual({ folder: join(home.agents, 'small', '7.0.0'), version: '7.0.0' });
  expect(existsSync(join(one?.folder ?? '', 'node_modules', 'is-number', 'package.json'))).toBe(true);
  expect(downloads).toBe(1);
});

test('a program that cannot be had leaves nothing behind', async () => {
  const program = { packages: { 'is-number': '999.999.999' } };
  const install = installProgram({ home, database }, 'none', program, { signal, onStart: async () => {} });
  await expect(install).rejects.toThrow(InstallFailed);
  expect(readdirSync(join(home.agents, 'none'))).toEqual([]);
});

test('what is installed needs no npm', async () => {
  mkdirSync(join(home.agents, 'there', '1.2.3'), { recursive: true });
  const onStart = () => Promise.reject(new Error('Nothing is to be downloaded.'));
  const { version } = await installProgram({ home, database }, 'there', { packages: { any: '1.2.3' } }, { signal, onStart });
  expect(version).toBe('1.2.3');
});
