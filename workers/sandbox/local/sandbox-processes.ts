import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { hasCode } from './overlay/byte-path.ts';

/** Begins the host name of every sandbox of one folder of transactions; on bubblewrap's command line it finds them after a crash. */
export function threadMark(overlaysFolder: string): string {
  return `choir-${digest(overlaysFolder, 16)}-`;
}

/** Of the commands of one transaction, or of all in the folder. */
export function commandMark(overlaysFolder: string, id?: string): string {
  return `${threadMark(overlaysFolder)}c-${id === undefined ? '' : digest(id, 12)}`;
}

/** Of the session in one transaction: its relay has it on its command line too. */
export function sessionMark(overlaysFolder: string, id: string): string {
  return `${threadMark(overlaysFolder)}s-${digest(id, 12)}`;
}

function digest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/** When the process was started, in the kernel's ticks: with the pid it names one process for good. Null when it is gone or dead. */
export function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return null;
    throw error;
  }
}

/** Kills the first process of a pid namespace, and with it all others, and waits until none is left. */
export async function endProcess(pid: number, startedAt: string | null): Promise<void> {
  if (startedAt === null) return;
  while (startTime(pid) === startedAt) {
    kill(pid);
    await setTimeout(1);
  }
}

/**
 * Ends the sandboxes whose mark begins so, and their relays, whoever started them: a worker that died may have left some. `spareRelays`: not
 * those that may still tell a worker how their program ended.
 */
export async function endMarkedSandboxes(mark: string, { spareRelays = false } = {}): Promise<void> {
  const programs = spareRelays ? /(^|\/)(bwrap|unshare|sh|prlimit)$/ : /(^|\/)(bwrap|unshare|sh|prlimit|node)$/;
  if (process.platform !== 'linux') return;
  const marked = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), startedAt: startTime(Number(name)) }))
    .filter(({ pid }) => isMarked(pid, mark, programs));
  // Newest first: the first process inside goes before the one that watches it.
  await Promise.all(marked.reverse().map(({ pid, startedAt }) => endProcess(pid, startedAt)));
}

function isMarked(pid: number, mark: string, programs: RegExp): boolean {
  try {
    const [program = '', ...words] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const end = words.indexOf('--');
    return programs.test(program) && words.slice(0, end < 0 ? undefined : end).some((word) => word.startsWith(mark));
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH', 'EACCES')) return false;
    throw error;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}
