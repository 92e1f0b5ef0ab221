import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AgentProgram } from '#lib/agents/agent-program.ts';
import { programFolder } from '#lib/agents/program-folder.ts';
import type { Services } from '#lib/context.ts';
import { withThreadLock } from '#lib/threads/lock-thread.ts';
import { hostNpmEnvironment } from '#workers/host-npm.ts';

/** `folder` is null where there is nothing to install. */
export type Installed = { folder: string | null; version: string };

const lockWaitMs = 10 * 60_000;
const installMs = 10 * 60_000;
const shownBytes = 2_000;
const notInstalled = 'It could not be installed. Check the network of the machine that Choir runs on, and give the goal again.';

/** An agent's program cannot be had: there is no npm, no network, or no such package for this machine. */
export class InstallFailed extends Error {}

/**
 * The program's packages at exactly their versions, installed once for the whole machine. A folder is complete or not there; workers that want the
 * same one wait for each other. `onWait` is told when it is not there yet. `version` is that of the first package.
 */
export async function installProgram(
  { home, database }: Pick<Services, 'home' | 'database'>,
  agentId: string,
  { packages }: Pick<AgentProgram, 'packages'>,
  { onWait, signal }: { onWait: () => Promise<void>; signal: AbortSignal },
): Promise<Installed> {
  const folder = programFolder(home, agentId, { packages });
  const [version = ''] = Object.values(packages);
  if (folder === null || existsSync(folder)) return { folder, version };
  await onWait();
  return withThreadLock(database, `install:${agentId}`, lockWaitMs, async (lost) => {
    if (existsSync(folder)) return { folder, version };
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
    const draft = await mkdtemp(`${folder}.partial-`);
    try {
      const manifest = { private: true, dependencies: packages };
      await writeFile(join(draft, 'package.json'), JSON.stringify(manifest));
      await npmInstall(draft, AbortSignal.any([signal, lost, AbortSignal.timeout(installMs)]));
      // Installations that share the folder have no lock in common: the first of them to be ready is as good as any.
      await rename(draft, folder).catch((error: Error) => {
        if (!existsSync(folder)) throw error;
      });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    return { folder, version };
  });
}

/** Without install scripts: nothing of a package runs outside of a sandbox. */
async function npmInstall(cwd: string, signal: AbortSignal): Promise<void> {
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  const child = spawn('npm', words, {
    cwd,
    signal,
    killSignal: 'SIGKILL',
    env: hostNpmEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-shownBytes);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).catch((error: Error) => {
    signal.throwIfAborted();
    throw new InstallFailed(`npm cannot be started: ${error.message}`);
  });
  if (code !== 0) throw new InstallFailed(`${notInstalled} npm says: ${said.trim()}`);
}
