import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChoirHome, choirHome } from '#lib/home.ts';
import { snapshot } from '#tests/contracts/sandbox-transactions.ts';
import { createLocalSandbox } from './create-local-sandbox.ts';
import { findSandboxTools } from './find-tools.ts';

let home: ChoirHome;
beforeEach(() => {
  home = choirHome(mkdtempSync(join(tmpdir(), 'choir-kill-')));
  mkdirSync(join(home.tree('th_1'), 'old'), { recursive: true });
  writeFileSync(join(home.tree('th_1'), 'old/file'), 'as it was');
});
afterEach(() => rmSync(home.root, { recursive: true, force: true }));

/** A worker of its own: opens a transaction, and does `body` with `transaction`, `run(script)` and `die()`. */
function startWorker(body: string) {
  const script = `
import { choirHome } from '${import.meta.dirname}/../../../lib/home.ts';
import { createLocalSandbox } from '${import.meta.dirname}/create-local-sandbox.ts';
import { findSandboxTools } from '${import.meta.dirname}/find-tools.ts';
const sandbox = await createLocalSandbox({ home: choirHome(${JSON.stringify(home.root)}), tools: findSandboxTools('/nowhere') });
const transaction = await sandbox.begin({ threadId: 'th_1', id: 'ca_1' });
const die = () => process.kill(process.pid, 'SIGKILL');
const run = (script, onOutput) => transaction.exec(
  { argv: ['bash', '-c', script], cwd: '.', network: { mode: 'deny' } }, { signal: new AbortController().signal, onOutput });
${body}`;
  const worker = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const dead = new Promise<string | null>((resolve) => worker.once('exit', (_, signal) => resolve(signal)));
  return { worker, dead };
}

function processesWith(text: string): string[] {
  return execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(text));
}

async function allGone(text: string): Promise<string[]> {
  for (let attempt = 0; attempt < 200 && processesWith(text).length > 0; attempt += 1) await setTimeout(10);
  return processesWith(text);
}

describe('kill -9 of the worker', () => {
  test('in the middle of a command leaves the tree as it was and no process', async () => {
    const before = snapshot(home.tree('th_1'));
    const { dead } = startWorker(`await run('rm -r old; echo half > new; (setsid sleep 86422 &) ; echo up; sleep 86422', die);`);
    expect(await dead).toBe('SIGKILL');
    expect(await allGone('sleep 86422')).toEqual([]);
    expect(snapshot(home.tree('th_1'))).toEqual(before);
    const sandbox = await createLocalSandbox({ home, tools: findSandboxTools('/nowhere') });
    expect(await sandbox.open('th_1')).toEqual(['ca_1']);
    await (await sandbox.begin({ threadId: 'th_1', id: 'ca_1' })).drop();
    expect(snapshot(home.tree('th_1'))).toEqual(before);
    await sandbox.close();
  });

  test.each([0, 2, 4, 6, 8, 10, 14, 18])('%i ms after it started a command leaves no process', async (delayMs) => {
    const { dead } = startWorker(`setTimeout(die, ${delayMs}); await run('touch ran; sleep 86423');`);
    expect(await dead).toBe('SIGKILL');
    const sandbox = await createLocalSandbox({ home, tools: findSandboxTools('/nowhere') });
    await sandbox.stop('th_1');
    expect(await allGone('sleep 86423')).toEqual([]);
    expect(readdirSync(home.tree('th_1'))).toEqual(['old']);
    await sandbox.close();
  });

  test('in the middle of a keep is finished by the next keep', async () => {
    const { dead } = startWorker(`
await run('for d in $(seq 30); do mkdir old/$d; echo $d > old/$d/f; mkdir -p $d; done; rm old/file; echo done > last');
void transaction.keep();
setImmediate(die);`);
    expect(await dead).toBe('SIGKILL');
    const sandbox = await createLocalSandbox({ home, tools: findSandboxTools('/nowhere') });
    await (await sandbox.begin({ threadId: 'th_1', id: 'ca_1' })).keep();
    expect(readdirSync(join(home.tree('th_1'), 'old'))).toHaveLength(30);
    expect(readdirSync(home.tree('th_1'))).toHaveLength(32);
    expect(readFileSync(join(home.tree('th_1'), 'last'), 'utf8')).toBe('done\n');
    expect(await sandbox.open('th_1')).toEqual([]);
    await sandbox.close();
  });
});
