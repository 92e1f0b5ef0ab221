import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeProcessRecord } from '#bin/services/process-record.ts';
import { testHome } from '#tests/services.ts';
import { lockHome } from './lock-home.ts';

const home = await testHome();
mkdirSync(home.run);
const lock = join(home.run, 'start.lock');

test('a second start is refused and told where the first one is, until that one lets go', () => {
  const release = lockHome(home, 'http://127.0.0.1:3000');
  expect(() => lockHome(home, 'x')).toThrow(`process ${process.pid}, http://127.0.0.1:3000`);
  release();
  lockHome(home, 'x')();
});

test('a lock whose holder was killed is taken over', async () => {
  const holder = spawn('sleep', ['60']);
  writeProcessRecord(lock, holder.pid!);
  expect(() => lockHome(home, 'x')).toThrow(/running already/);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  lockHome(home, 'x')();
  expect(await readdir(home.run)).toEqual([]);
});

test('a lock that somebody else has by now is not let go of', async () => {
  const release = lockHome(home, 'x');
  const other = spawn('sleep', ['60']);
  writeProcessRecord(lock, other.pid!);
  release();
  expect(() => lockHome(home, 'x')).toThrow(/running already/);
  other.kill('SIGKILL');
  await once(other, 'exit');
});

test('a lock whose process id belongs to somebody else by now is taken over, and so is a damaged one', async () => {
  await writeFile(lock, JSON.stringify({ pid: process.pid, identity: 'an earlier boot' }));
  lockHome(home, 'x')();
  await writeFile(lock, '{"pid":');
  lockHome(home, 'x')();
});
