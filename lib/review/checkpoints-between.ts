import { eq } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import { checkpoints } from '#lib/db/schema.ts';

/** Ids of a thread's checkpoints after the commit `from` on the way to `to`, newest first; from where both come, when `to` was not made on top of `from`. */
export async function checkpointsBetween(
  { db }: Database,
  threadId: string,
  { from, to }: { from: string; to: string },
): Promise<string[]> {
  const rows = await db
    .select({ commit: checkpoints.commit, parent: checkpoints.parentCommit, id: checkpoints.id })
    .from(checkpoints)
    .where(eq(checkpoints.threadId, threadId));
  const links = new Map(rows.map((row) => [row.commit, row]));
  const before = new Set<string>();
  for (let at = links.get(from); at; at = links.get(at.parent ?? '')) before.add(at.commit);
  const ids: string[] = [];
  for (let at = links.get(to); at && !before.has(at.commit); at = links.get(at.parent ?? '')) ids.push(at.id);
  return ids;
}
