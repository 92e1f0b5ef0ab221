import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProcess } from '#bin/services/service-process.ts';
import { waitUntil } from '#bin/services/wait-until.ts';
import { testHome } from '#tests/services.ts';
import { supervise } from './supervise.ts';

const { root } = await testHome();
const log = join(root, 'log');

test('starts a part again when it is killed, and not when it is stopped', async () => {
  const pids: number[] = [];
  const lines: string[] = [];
  const part = await supervise({
    name: 'The part',
    report: (line) => lines.push(line),
    start: async () => {
      const running = await startProcess({ argv: ['sleep', '60'], log });
      pids.push(running.pid);
      return running;
    },
  });
  process.kill(part.running.pid, 'SIGKILL');
  await waitUntil(() => pids.length === 2, { what: 'no second start', timeoutMs: 30_000 });
  await part.stop();
  expect(lines).toEqual(['The part ended (SIGKILL), starting it again.']);
  expect(pids).toHaveLength(2);
  expect(() => process.kill(pids[1]!, 0)).toThrow();
});

test('a part that cannot be started at all is an error', async () => {
  const start = () => startProcess({ argv: ['/no/such/program'], log });
  await expect(supervise({ name: 'x', start, report: () => {} })).rejects.toThrow(/ENOENT/);
});

test('what will not end is killed, and what a part wrote is in its log', async () => {
  const stubborn = await startProcess({ argv: ['sh', '-c', 'trap "" TERM; echo here; while :; do sleep 1; done'], log, graceMs: 50 });
  await waitUntil(async () => (await readFile(log, 'utf8')).includes('here'), { what: 'no output', timeoutMs: 30_000 });
  await stubborn.stop();
  expect(await stubborn.exited).toBe('SIGKILL');
});
