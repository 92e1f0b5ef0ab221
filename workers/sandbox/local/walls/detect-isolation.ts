import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { ChoirHome } from '#lib/home.ts';
import { createHostRegistry } from '../../egress/host-registry.ts';
import { defaultLimits, type Isolation } from '../../sandbox.ts';
import { openTransaction } from '../open-transaction.ts';
import { overlayLayer } from '../overlay/overlay-layer.ts';
import { removeTree } from '../overlay/remove-tree.ts';
import { commandMark } from '../sandbox-processes.ts';
import type { Wall } from './run-walled.ts';

export type Detected = { isolation: Isolation; wall: Wall | null; overlays: boolean };

const noWall =
  'Commands run as you, with your files and your network: no sandbox could be set up on this machine. Choir asks before every command.';

/** Tries what the sandbox needs, once, by really doing it, and says what is missing, why, and what to do. */
export async function detectIsolation(input: { home: ChoirHome; wall: Wall | null; getfattr: string | null }): Promise<Detected> {
  const missing: string[] = [];
  const wall = input.wall && (await works(input.home, input.wall, null, missing)) ? input.wall : null;
  if (!input.wall) missing.push(absenceReason());
  if (!wall) {
    missing.push(noWall, 'A program that starts a session of its own outlives its command.');
    const isolation: Isolation = {
      level: 'none',
      filesystem: false,
      processes: false,
      network: false,
      limits: ['time', 'output', 'file size'],
      missing,
    };
    return { isolation, wall: null, overlays: false };
  }
  const overlays = input.getfattr !== null && (await works(input.home, wall, input.getfattr, missing));
  if (input.getfattr === null)
    missing.push('Overlays need getfattr (Debian package "attr"): each call copies the whole tree instead, slower.');
  const limits = ['time', 'output', 'file size'];
  if (wall.groups) limits.push('memory of all processes together', 'number of processes');
  else limits.push(...limitsWithoutGroups(missing));
  if (!wall.seccomp) missing.push(`No system call filter for this processor (${process.arch}).`);
  missing.push('The disk space that all files together take is not limited.');
  const level = wall.seccomp && wall.groups ? 'full' : 'partial';
  return { isolation: { level, filesystem: true, processes: true, network: true, limits, missing }, wall, overlays };
}

function limitsWithoutGroups(missing: string[]): string[] {
  missing.push('Memory is limited for each process, not for all together: no control group could be made here.');
  if (process.geteuid?.() === 0) {
    missing.push('The number of processes is not limited: run Choir as an ordinary user, or give it a control group.');
    return ['memory of each process'];
  }
  return ['memory of each process', 'number of processes'];
}

function absenceReason(): string {
  if (process.platform !== 'linux') return `bubblewrap needs Linux; this is ${process.platform}.`;
  return 'bubblewrap is not there: install the package "bubblewrap".';
}

async function works(home: ChoirHome, wall: Wall, getfattr: string | null, missing: string[]): Promise<boolean> {
  mkdirSync(home.run, { recursive: true, mode: 0o700 });
  const root = mkdtempSync(join(home.run, 'probe-'));
  const folder = join(root, 'overlays', 'probe');
  const tree = join(root, 'tree');
  for (const path of [tree, join(folder, 'copy')]) mkdirSync(path, { recursive: true });
  const layer = getfattr
    ? overlayLayer({ tree, folder, getfattr })
    : { roots: [], root: join(folder, 'copy'), overlayOptions: null, open: async () => {}, changes: async () => [], keep: async () => {} };
  try {
    const transaction = await openTransaction({
      folder,
      layer,
      wall,
      mark: commandMark(root, 'probe'),
      pipes: wall.pipes,
      hostRegistry: createHostRegistry(),
      privateFolder: root,
      track: (work) => work(new AbortController().signal),
      session: { isRunning: async () => false, end: async () => {} },
    });
    const command = {
      argv: ['sh', '-c', 'mkdir probe && id -u'],
      cwd: '.',
      network: { mode: 'deny' as const },
      limits: { ...defaultLimits },
    };
    const result = await transaction.exec(command, { signal: AbortSignal.timeout(20_000) });
    if (result.returncode !== 0 || result.stdout !== '1000\n') throw new Error(result.stderr || `It ended with ${result.ended}.`);
    if (getfattr && (await transaction.changes()).length !== 1) throw new Error('An overlay did not tell what had changed.');
    return true;
  } catch (error) {
    missing.push(failureReason(error instanceof Error ? error.message : String(error), getfattr !== null));
    return false;
  } finally {
    await removeTree(root);
  }
}

function failureReason(message: string, overlay: boolean): string {
  const detail = message.replace(/\s+/g, ' ').slice(0, 300);
  if (overlay) return `No overlays on the file system of CHOIR_HOME, so each call copies the whole tree, slower. (${detail})`;
  if (!/unshare|uid_map|user namespace|Operation not permitted/i.test(detail)) return `bubblewrap does not work here: ${detail}`;
  const remedy =
    'Allow them: sysctl kernel.unprivileged_userns_clone=1 (Debian), kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu), ' +
    'or in a container --security-opt seccomp=unconfined.';
  return `User namespaces are refused here. ${remedy} (${detail})`;
}
