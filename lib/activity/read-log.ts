import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { requireOwner } from '#lib/auth/require-owner.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';

export const ReadLog = z.object({ part: z.string().regex(/^[a-z-]{1,40}$/) });

const readBytes = 64 * 1024;
const keptLines = 200;

/** Parts of Choir that write a log on the machine of the web server. Owner only. */
export async function listLogs(context: Context): Promise<string[]> {
  requireOwner(context.actor, 'Only the owner may read the logs.');
  const names = await readdir(context.home.logs).catch(() => []);
  return names.flatMap((name) => (name.endsWith('.log') ? [name.slice(0, -'.log'.length)] : [])).toSorted();
}

/** The last lines of the log of one part, oldest first. Owner only. Throws `not-found` for a part without a log. */
export async function readLog(context: Context, input: z.infer<typeof ReadLog>): Promise<string[]> {
  const { part } = ReadLog.parse(input);
  if (!(await listLogs(context)).includes(part)) throw new DomainError('not-found', 'There is no log of this part.');
  await using file = await open(join(context.home.logs, `${part}.log`));
  const { size } = await file.stat();
  const start = Math.max(0, size - readBytes);
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - start), position: start });
  const lines = buffer.subarray(0, bytesRead).toString().trimEnd().split('\n');
  return lines.slice(start > 0 ? 1 : 0).slice(-keptLines);
}
