import { chmodSync, mkdtempSync, readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasCode, lstatOrNull } from '../overlay/byte-path.ts';
import { removeTree } from '../overlay/remove-tree.ts';
import { startTime } from '../sandbox-processes.ts';

const prefix = 'choir-sandbox-';
const named = new RegExp(`^${prefix}(\\d+)-(\\d+)-(\\d+)-\\w+$`);

/**
 * A folder that nobody but this process's user may enter, with a short path: sockets' paths must stay under 108 bytes. Its name says whose
 * it is, so that what a killed worker left is removed by the next one.
 */
export async function makePrivateFolder(parent: string = tmpdir()): Promise<string> {
  await removeAbandoned(parent);
  const folder = mkdtempSync(join(parent, `${prefix}${processSpace()}-${process.pid}-${startTime(process.pid) ?? 0}-`));
  chmodSync(folder, 0o700);
  return folder;
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    const [, space, pid, startedAt] = named.exec(name) ?? [];
    if (space !== processSpace() || isAlive(Number(pid), startedAt)) continue;
    const folder = join(parent, name);
    const stats = lstatOrNull(folder);
    if (stats?.isDirectory() && stats.uid === process.geteuid?.()) await removeTree(folder);
  }
}

/** Containers may share a folder and number their processes each for themselves. */
function processSpace(): string {
  if (process.platform !== 'linux') return '0';
  return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
}

function isAlive(pid: number, startedAt: string | undefined): boolean {
  if (process.platform === 'linux') return startTime(pid) === startedAt;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}
