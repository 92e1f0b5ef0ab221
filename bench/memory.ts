import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLivingProcess } from '#bin/services/process-record.ts';
import type { ChoirHome } from '#lib/home.ts';

type Process = { pid: number; parent: number; rssKb: number; name: string };

/** Memory of every process of an installation, launcher included: PSS (shared pages counted once) where the kernel tells it, else the sum of RSS. */
export function describeMemory(home: ChoirHome): string {
  const supervisor = readLivingProcess(join(home.run, 'start.lock'))?.pid ?? 0;
  const all = listProcesses();
  const launcher = all.find(({ pid }) => pid === supervisor)?.parent ?? supervisor;
  const own = familyOf(launcher, all);
  const pss = own.map(({ pid }) => pssKb(pid));
  const known = pss.every((kb) => kb !== null);
  const sizes = own.map(({ rssKb }, index) => (known ? (pss[index] ?? 0) : rssKb));
  const total = sizes.reduce((sum, kb) => sum + kb, 0);
  const byName = Map.groupBy(own.keys(), (index) => own[index]?.name ?? '');
  const parts = [...byName]
    .map(([name, indexes]) => ({ name, kb: [...indexes].reduce((sum, index) => sum + (sizes[index] ?? 0), 0) }))
    .sort((left, right) => right.kb - left.kb);
  return `${megabytes(total)} ${known ? 'PSS' : 'RSS'} of ${own.length} processes  (${parts.map(({ name, kb }) => `${name} ${megabytes(kb)}`).join(', ')})`;
}

function listProcesses(): Process[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,args='], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
  return stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .flatMap((found) =>
      found ? [{ pid: Number(found[1]), parent: Number(found[2]), rssKb: Number(found[3]), name: partName(found[4] ?? '') }] : [],
    );
}

function partName(command: string): string {
  const names: [RegExp, string][] = [
    [/postgres/, 'PostgreSQL'],
    [/nats-server/, 'NATS'],
    [/bin\/web\.ts|next-server/, 'web'],
    [/workers\/main\.ts/, 'worker'],
    [/bin\/start\/main\.ts|launch\.mjs/, 'npm start'],
  ];
  return names.find(([pattern]) => pattern.test(command))?.[1] ?? 'other';
}

function familyOf(root: number, all: Process[]): Process[] {
  const children = Map.groupBy(all, ({ parent }) => parent);
  const below = (pid: number): Process[] => (children.get(pid) ?? []).flatMap((child) => [child, ...below(child.pid)]);
  return [...all.filter(({ pid }) => pid === root), ...below(root)];
}

function pssKb(pid: number): number | null {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? Number.NaN);
  } catch {
    return null;
  }
}

function megabytes(kb: number): string {
  return `${Math.round(kb / 1024)} MB`;
}
