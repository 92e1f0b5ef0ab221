import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { uptime } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { LeftOut } from '#lib/core/change.ts';

/**
 * What the working tree on disk holds: `commit`, as it was compared at `scannedAtMs` (epoch, taken before the comparison began). `bootedAtMs`
 * is when the machine started by its clock: it moves when the clock was set, and then times say nothing about what is newer. `leftOut`
 * lies in the tree and in no checkpoint; a revert leaves it there, so it belongs to the tree and not to the checkpoint it is at.
 */
const TreeMarker = z.object({
  commit: z.string(),
  scannedAtMs: z.number(),
  bootedAtMs: z.number().default(0),
  leftOut: z.array(LeftOut).default([]),
});
export type TreeMarker = z.infer<typeof TreeMarker>;
export type NewMarker = Omit<TreeMarker, 'bootedAtMs' | 'leftOut'> & { leftOut?: LeftOut[] };

/** null when there is none, or none that can be read: then the tree must be compared as a whole. */
export async function readMarker(file: string): Promise<TreeMarker | null> {
  try {
    return TreeMarker.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Replaces the marker, all or nothing. */
export async function writeMarker(file: string, { commit, scannedAtMs, leftOut = [] }: NewMarker): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await replaceFile(file, JSON.stringify({ commit, scannedAtMs, leftOut, bootedAtMs: bootTimeMs() }));
}

/** Whether times on disk can be compared with the marker's. */
export function isClockSteady(marker: TreeMarker): boolean {
  return marker.scannedAtMs > 0 && marker.scannedAtMs <= Date.now() && Math.abs(bootTimeMs() - marker.bootedAtMs) < clockToleranceMs;
}

/** How far the clock may be off before it counts as set: Linux gives its uptime in hundredths of a second, others in seconds. */
export const clockToleranceMs = process.platform === 'linux' ? 250 : 2_500;

function bootTimeMs(): number {
  return Date.now() - uptime() * 1000;
}

/** Writes a file of Choir's own so that a reader or a power cut sees the old content or the new. */
export async function replaceFile(path: string, content: string): Promise<void> {
  const next = `${path}.${crypto.randomUUID()}`;
  {
    await using file = await open(next, 'w', 0o600);
    await file.writeFile(content);
    await file.sync();
  }
  await rename(next, path);
}
