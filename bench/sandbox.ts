import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choirHome } from '#lib/home.ts';
import { createLocalSandbox } from '#workers/sandbox/local/create-local-sandbox.ts';
import { findSandboxTools } from '#workers/sandbox/local/find-tools.ts';
import { type Figure, spread, timed } from './measure.ts';

const warmUp = 10;
const rounds = 200;

/** What a tool call pays for its transaction and its wall, beside a plain fork in the same run, one after the other. */
export async function benchSandbox(): Promise<Figure[]> {
  const home = choirHome(await mkdtemp(join(tmpdir(), 'choir-bench-')));
  await mkdir(home.tree('th_1'), { recursive: true });
  const sandbox = await createLocalSandbox({ home, tools: findSandboxTools(home.tools) });
  const forks: number[] = [];
  const calls: number[] = [];
  try {
    for (let round = 0; round < warmUp + rounds; round += 1) {
      const fork = await timed(() => once(spawn('true'), 'exit'));
      const call = await timed(async () => {
        const transaction = await sandbox.begin({ threadId: 'th_1', id: `ca_${round}` });
        await transaction.exec({ argv: ['true'], cwd: '.', network: { mode: 'deny' } }, { signal: new AbortController().signal });
        await transaction.changes();
        await transaction.drop();
      });
      if (round < warmUp) continue;
      forks.push(fork.ms);
      calls.push(call.ms);
    }
  } finally {
    await sandbox.close();
    await rm(home.root, { recursive: true, force: true });
  }
  return [
    { what: 'plain fork', value: spread(forks) },
    { what: `sandbox (${sandbox.isolation.level}): begin, run, look, drop`, value: spread(calls) },
  ];
}
