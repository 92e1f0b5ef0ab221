import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeProcessRecord } from '#bin/services/process-record.ts';
import { testHome } from '#tests/services.ts';
import { endOrphans, recordPath } from './end-orphans.ts';

const home = await testHome();
await mkdir(home.run);
await mkdir(join(home.postgres, 'data'), { recursive: true });

test('ends what still runs, leaves alone what only shares a process id, and forgets both', async () => {
  const orphan = spawn('sleep', ['60']);
  const ended = once(orphan, 'exit');
  writeProcessRecord(recordPath(home, 'web'), orphan.pid!);
  await writeFile(recordPath(home, 'worker'), JSON.stringify({ pid: process.pid, identity: 'an earlier boot' }));
  expect(await endOrphans(home)).toEqual(['web']);
  expect(await ended).toEqual([null, 'SIGTERM']);
  expect(await readdir(home.run)).toEqual([]);
  expect(await endOrphans(home)).toEqual([]);
});

test('drops the pid file of PostgreSQL when its id belongs to another program now', async () => {
  const data = join(home.postgres, 'data');
  await writeFile(join(data, 'postmaster.pid'), `${process.pid}\n`);
  await endOrphans(home);
  expect(await readdir(data)).toEqual([]);
});
