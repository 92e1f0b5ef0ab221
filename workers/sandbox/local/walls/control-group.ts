import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Limits } from '../../sandbox.ts';
import { hasCode } from '../overlay/byte-path.ts';

/** One command's group: memory and processes of all its children are counted together. */
export type ControlGroup = { folders: string[]; ranOutOfMemory(): boolean; remove(): Promise<void> };
export type ControlGroups = { create(limits: Pick<Limits, 'memoryBytes' | 'processes'>): ControlGroup };

const mount = '/sys/fs/cgroup';
const prefix = 'choir-';
/** bubblewrap's two processes and the shell that waits for the start. */
const ownProcesses = 4;

/** The control groups that this process may make children of: version 2, else version 1; null when it may not. */
export function findControlGroups(): ControlGroups | null {
  for (const bases of candidates()) {
    try {
      const groups = groupsUnder(bases);
      void groups.create({ memoryBytes: 64 * 1024 * 1024, processes: 16 }).remove();
      sweep(bases);
      return groups;
    } catch {}
  }
  return null;
}

type Bases = { memory: string; pids: string };

function candidates(): Bases[] {
  if (!existsSync('/proc/self/cgroup')) return [];
  const own = new Map(
    readFileSync('/proc/self/cgroup', 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(':', 3))
      .flatMap(([, names = '', path = '/']) => names.split(',').map((name) => [name, path] as const)),
  );
  const first = (paths: string[]) => paths.find((path) => existsSync(path)) ?? mount;
  const memory = own.get('memory');
  const pids = own.get('pids');
  if (memory !== undefined && pids !== undefined) {
    return [
      {
        memory: first([join(mount, 'memory', memory), join(mount, 'memory')]),
        pids: first([join(mount, 'pids', pids), join(mount, 'pids')]),
      },
    ];
  }
  const unified = join(mount, own.get('') ?? '/');
  return [dirname(unified), unified, mount].filter((path) => path.startsWith(mount)).map((path) => ({ memory: path, pids: path }));
}

function groupsUnder({ memory, pids }: Bases): ControlGroups {
  const isUnified = memory === pids;
  return {
    create(limits) {
      const name = prefix + crypto.randomUUID();
      if (isUnified) offerControllers(memory);
      const folders = [...new Set([join(memory, name), join(pids, name)])];
      try {
        for (const folder of folders) mkdirSync(folder);
        setLimits(join(memory, name), join(pids, name), limits, isUnified);
      } catch (error) {
        for (const folder of folders) if (existsSync(folder)) rmdirSync(folder);
        throw error;
      }
      return {
        folders,
        ranOutOfMemory: () =>
          /^oom_kill [1-9]/m.test(readFileSync(join(memory, name, isUnified ? 'memory.events' : 'memory.oom_control'), 'utf8')),
        remove: () => removeGroups(folders),
      };
    },
  };
}

function offerControllers(base: string): void {
  const file = join(base, 'cgroup.subtree_control');
  const offered = readFileSync(file, 'utf8').split(/\s+/);
  if (!offered.includes('memory') || !offered.includes('pids')) writeFileSync(file, '+memory +pids');
}

function setLimits(memory: string, pids: string, limits: Pick<Limits, 'memoryBytes' | 'processes'>, isUnified: boolean): void {
  const bytes = String(limits.memoryBytes);
  writeFileSync(join(memory, isUnified ? 'memory.max' : 'memory.limit_in_bytes'), bytes);
  const swap = join(memory, isUnified ? 'memory.swap.max' : 'memory.memsw.limit_in_bytes');
  if (existsSync(swap)) writeFileSync(swap, isUnified ? '0' : bytes);
  writeFileSync(join(pids, 'pids.max'), String(limits.processes + ownProcesses));
}

/** A group can be removed a moment after its last process is gone. */
async function removeGroups(folders: string[]): Promise<void> {
  for (const folder of folders) {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      try {
        rmdirSync(folder);
        break;
      } catch (error) {
        if (hasCode(error, 'ENOENT')) break;
        if (!hasCode(error, 'EBUSY')) throw error;
        await setTimeout(2);
      }
    }
  }
}

/** Groups that killed workers left behind; one that is in use refuses to go, one that is about to be used is young. */
function sweep({ memory, pids }: Bases): void {
  for (const base of new Set([memory, pids])) {
    for (const name of readdirSync(base).filter((entry) => entry.startsWith(prefix))) {
      try {
        if (Date.now() - statSync(join(base, name)).mtimeMs > 60_000) rmdirSync(join(base, name));
      } catch (error) {
        if (!hasCode(error, 'EBUSY', 'ENOENT')) throw error;
      }
    }
  }
}
