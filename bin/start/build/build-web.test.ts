import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findServer, noteServer } from '#bin/services/served-build.ts';
import { planWebBuild } from './build-web.ts';

test('refuses to build while a server still serves the build that is there', async () => {
  const root = await mkdtemp(join(tmpdir(), 'choir-build-'));
  const build = () => planWebBuild(root, { log: join(root, 'build.log') }).run(() => {});
  noteServer(root, 'CHOIR_HOME /home/ada/.choir');
  await expect(build()).rejects.toThrow(`process ${process.pid}, CHOIR_HOME /home/ada/.choir`);
  expect(await readdir(root)).toEqual(['.next']);

  const record = join(root, '.next', 'served-by', String(process.pid));
  await writeFile(record, (await readFile(record, 'utf8')).replace(/"identity":"[^"]*"/, '"identity":"another process of this number"'));
  expect(findServer(root)).toBeUndefined();
  expect(await readdir(join(root, '.next', 'served-by'))).toEqual([]);
});
