import { desc, inArray } from 'drizzle-orm';
import type { HunkPlace } from '#lib/core/change.ts';
import type { CheckpointState } from '#lib/core/state.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { checkpoints } from '#lib/db/schema.ts';
import { checkpointsBetween } from './checkpoints-between.ts';

/** What a person took back of a file's change: some hunks, or all of it. */
export type TakenBack = HunkPlace[] | 'whole';

/**
 * By path, what a person took back since of the change between two checkpoints, as far as it is so now: an undone revert does not count, nor one in a
 * file that was changed again.
 */
export async function listTakenBack(
  database: Database,
  threadId: string,
  { from, to, current }: { from: CheckpointState; to: CheckpointState; current: CheckpointState },
): Promise<Map<string, TakenBack>> {
  const taken = new Map<string, TakenBack>();
  const ids = await checkpointsBetween(database, threadId, { from: to.commit, to: current.commit });
  if (ids.length === 0) return taken;
  const rows = await database.db
    .select({ takesBack: checkpoints.takesBack, changes: checkpoints.changes })
    .from(checkpoints)
    .where(inArray(checkpoints.id, ids))
    .orderBy(desc(checkpoints.number));
  const changedSince = new Set<string>();
  for (const { takesBack, changes } of rows) {
    if (!takesBack) {
      // A checkpoint lists only so many of its files: any other may be among the rest.
      if (changes.files.length < changes.fileCount) break;
      for (const { path, oldPath } of changes.files) changedSince.add(path).add(oldPath ?? path);
      continue;
    }
    const { path, hunk, fromCheckpointId, toCheckpointId } = takesBack;
    const isThis = fromCheckpointId === from.checkpointId && toCheckpointId === to.checkpointId;
    const before = taken.get(path) ?? [];
    if (isThis && before !== 'whole' && !changedSince.has(path)) taken.set(path, hunk ? [...before, hunk] : 'whole');
  }
  return taken;
}
