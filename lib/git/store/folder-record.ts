import type { BigIntStats } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isWithin } from '../objects/tree-path.ts';
import { replaceFile } from '../tree/tree-marker.ts';

/**
 * Which folder (inode and birth) lay at a path when its content was last compared. A folder that was moved in from elsewhere brings files
 * with old times: only its own identity gives it away. Losing the record is safe, it costs a comparison.
 */
export type FolderRecord = {
  knows(path: string, stats: BigIntStats): boolean;
  remember(path: string, stats: BigIntStats): void;
  forget(path: string): void;
  save(): Promise<void>;
};

/** Reads the record beside a working tree; an unreadable one counts as empty. */
export async function openFolderRecord(tree: string): Promise<FolderRecord> {
  const file = `${tree}.folders.json`;
  const known = new Map(await readEntries(file));
  let changed = false;
  const identity = (stats: BigIntStats) => `${stats.ino}:${stats.birthtimeNs}`;
  return {
    knows: (path, stats) => known.get(path) === identity(stats),
    remember(path, stats) {
      if (known.get(path) === identity(stats)) return;
      known.set(path, identity(stats));
      changed = true;
    },
    forget(path) {
      const gone = new Set([path]);
      for (const folder of known.keys()) if (isWithin(folder, gone)) changed = known.delete(folder) || changed;
    },
    async save() {
      if (changed) await replaceFile(file, JSON.stringify(Object.fromEntries(known)));
      changed = false;
    },
  };
}

async function readEntries(file: string): Promise<[string, string][]> {
  try {
    const entries: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
    return Object.entries(entries).map(([path, identity]) => [path, String(identity)]);
  } catch {
    return [];
  }
}
