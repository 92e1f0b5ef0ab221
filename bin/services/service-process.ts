import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { removeProcessRecord, writeProcessRecord } from './process-record.ts';

const largestLogBytes = 8 * 1024 * 1024;

/** A process that should live until it is stopped. */
export type ServiceProcess = {
  pid: number;
  /** Settles when the process is gone, with what ended it: `exit code 1`, `SIGKILL`. Never rejects. */
  exited: Promise<string>;
  /** Asks it to end and waits; after `graceMs` it is killed. Safe to call twice. */
  stop(): Promise<void>;
};

export type ServiceCommand = {
  argv: [string, ...string[]];
  /** Standard output and error are appended here; a log over 8 MiB is set aside as `<log>.old` first. */
  log: string;
  /** File that says which process this is, for as long as it lives: see process-record.ts. */
  record?: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  stopSignal?: NodeJS.Signals;
  graceMs?: number;
};

/**
 * Starts a process in a session of its own, so that Ctrl-C in the terminal reaches only the supervisor, which stops its services in order.
 * Throws when the command cannot be started.
 */
export async function startProcess(command: ServiceCommand): Promise<ServiceProcess> {
  const log = openLog(command.log);
  const [file, ...args] = command.argv;
  const child = spawn(file, args, { cwd: command.cwd, env: command.env, stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  if (command.record && child.pid) writeProcessRecord(command.record, child.pid, { about: command.argv.join(' ') });
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      if (command.record) removeProcessRecord(command.record);
      resolve(signal ?? `exit code ${code}`);
    });
    child.once('error', (error) => resolve(error.message));
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    child.kill(command.stopSignal ?? 'SIGTERM');
    const grace = new AbortController();
    const late = delay(command.graceMs ?? 10_000, 'late', { signal: grace.signal }).catch(() => 'aborted');
    if ((await Promise.race([exited, late])) === 'late') child.kill('SIGKILL');
    grace.abort();
    await exited;
  };
  return {
    pid: child.pid ?? 0,
    exited,
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestLogBytes) renameSync(path, `${path}.old`);
  return openSync(path, 'a', 0o600);
}

/** The last lines that a service wrote, for an error message. */
export function logTail(path: string, lines = 6): string {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}
