import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, release, type as systemType, totalmem } from 'node:os';
import type { Session } from './session.ts';

/** The machine that the figures were made on, a line each. */
export function describeMachine(): string[] {
  const memory = Math.round(totalmem() / 1024 ** 3);
  return [
    `${availableParallelism()} x ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${memory} GB, ${systemType()} ${release()}`,
    `Node ${process.versions.node}, ${execFileSync('git', ['--version'], { encoding: 'utf8' }).trim()}`,
    `Load before: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')} (other work on the machine makes every figure worse: compare those of one run)`,
  ];
}

export async function describeServices({ context }: Session): Promise<string> {
  const [row] = await context.database.sql<{ server_version: string }[]>`show server_version`;
  return `PostgreSQL ${row?.server_version}, nats-server ${context.bus.connection.info?.version}`;
}
