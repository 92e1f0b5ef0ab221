import { readdirSync, readFileSync } from 'node:fs';
import { processCommand } from '#bin/services/process-identity.ts';

export type LeakedProcess = { pid: number; command: string };

/** Processes that still carry `folder`, the run's own temporary folder, in their command line or environment. Linux only. */
export function leakedProcesses(folder: string): LeakedProcess[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => ['cmdline', 'environ'].some((file) => read(`/proc/${pid}/${file}`).includes(folder)))
    .map((pid) => ({ pid: Number(pid), command: processCommand(Number(pid)) }));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
