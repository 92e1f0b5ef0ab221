import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { processIdentity } from './process-identity.ts';

const ProcessRecord = z.object({ pid: z.number().int().positive(), identity: z.string(), about: z.string().default('') });
export type ProcessRecord = z.infer<typeof ProcessRecord>;

/** Leaves in `path` which process runs, so that a later process can find it again. Synchronous: nothing may come between spawn and this. */
export function writeProcessRecord(path: string, pid: number, options: { about?: string; flag?: 'w' | 'wx' } = {}): void {
  const record = { pid, identity: processIdentity(pid) ?? '', about: options.about ?? '' };
  writeFileSync(path, JSON.stringify(record), { mode: 0o600, flag: options.flag ?? 'w' });
}

/** The recorded process if it still lives; undefined when it is gone, or its id belongs to another process now. */
export function readLivingProcess(path: string): ProcessRecord | undefined {
  try {
    const record = ProcessRecord.parse(JSON.parse(readFileSync(path, 'utf8')));
    return processIdentity(record.pid) === record.identity ? record : undefined;
  } catch {
    return undefined;
  }
}

export function removeProcessRecord(path: string): void {
  rmSync(path, { force: true });
}
