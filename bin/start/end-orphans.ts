import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { processCommand, processIdentity } from '#bin/services/process-identity.ts';
import { readLivingProcess, removeProcessRecord } from '#bin/services/process-record.ts';
import { waitUntil } from '#bin/services/wait-until.ts';
import type { ChoirHome } from '#lib/home.ts';
import { endSessions } from './end-sessions.ts';

/** In the order in which they are stopped: what writes first, what stores last. */
export const partNames = ['build', 'worker', 'sessions', 'gateway', 'bot', 'web', 'nats', 'postgres'] as const;
export type PartName = (typeof partNames)[number];

export function recordPath(home: ChoirHome, name: PartName): string {
  return join(home.run, `${name}.json`);
}

/** Ends what a killed supervisor left running on this data folder. Returns the names of what was found. */
export async function endOrphans(home: ChoirHome): Promise<PartName[]> {
  const found: PartName[] = [];
  for (const name of partNames) {
    if (name === 'sessions') {
      if ((await endSessions(home)) > 0) found.push(name);
      continue;
    }
    const path = recordPath(home, name);
    const orphan = readLivingProcess(path);
    if (orphan) {
      found.push(name);
      await end(orphan.pid, orphan.identity, name === 'postgres' ? 'SIGINT' : 'SIGTERM');
    }
    removeProcessRecord(path);
  }
  dropForeignPostmasterFile(join(home.postgres, 'data', 'postmaster.pid'));
  return found;
}

async function end(pid: number, identity: string, signal: NodeJS.Signals): Promise<void> {
  const gone = () => processIdentity(pid) !== identity;
  const send = (which: NodeJS.Signals) => {
    if (!gone()) process.kill(pid, which);
  };
  send(signal);
  await waitUntil(gone, { what: `process ${pid} did not end`, timeoutMs: 8_000 }).catch(() => send('SIGKILL'));
  await waitUntil(gone, { what: `process ${pid} did not end even after SIGKILL`, timeoutMs: 8_000 });
}

/** After a reboot the id in PostgreSQL's own pid file may belong to anybody, and PostgreSQL would refuse to start beside it. */
function dropForeignPostmasterFile(path: string): void {
  let pid: number;
  try {
    pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
  } catch {
    return;
  }
  if (pid > 0 && processIdentity(pid) && !processCommand(pid).includes('postgres')) rmSync(path, { force: true });
}
