import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { CheckpointState, ThreadState } from '#lib/core/state.ts';
import { checkpoints } from '#lib/db/schema.ts';
import { listChanges } from '#lib/git/diff/list-changes.ts';
import { checkpointsBetween } from './checkpoints-between.ts';

/** One checkpoint that changed a file. `explanation` is the agent's own, empty where it gave none. */
export type ChangeReason = {
  checkpointId: string;
  number: number;
  label: string;
  at: string;
  kind: CheckpointState['kind'];
  explanation: string;
  confidence?: number;
};

/** Checkpoints that a review explains, the newest of them. */
const explained = 300;
/** A checkpoint lists only so many of its files: for this many others git is asked. */
const askedOfGit = 20;

/** By path, what changed it between two checkpoints, newest first. What a revert left behind on another line of checkpoints does not count. */
export async function explainChanges(
  context: Context,
  { state, from, to }: { state: ThreadState; from: CheckpointState; to: CheckpointState },
): Promise<Map<string, ChangeReason[]>> {
  const { db } = context.database;
  const { threadId } = state;
  const ids = (await checkpointsBetween(context.database, threadId, { from: from.commit, to: to.commit })).slice(0, explained);
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(checkpoints)
    .where(and(eq(checkpoints.threadId, threadId), inArray(checkpoints.id, ids)))
    .orderBy(desc(checkpoints.number));
  const words = await explanations(
    context,
    threadId,
    rows.flatMap(({ callId }) => callId ?? []),
  );
  const reasons = new Map<string, ChangeReason[]>();
  let asked = 0;
  for (const row of rows) {
    const { id: checkpointId, number, name, label, at, kind, changes, callId } = row;
    const reason = { checkpointId, number, label: name ?? label, at: at.toISOString(), kind, explanation: '', ...words.get(callId ?? '') };
    const isWhole = changes.files.length === changes.fileCount || asked >= askedOfGit;
    if (!isWhole) asked += 1;
    const files = isWhole
      ? changes.files
      : await listChanges({ store: context.home.store(state.projectId), from: row.parentCommit, to: row.commit });
    for (const { path } of files) reasons.set(path, [...(reasons.get(path) ?? []), reason]);
  }
  return reasons;
}

async function explanations({ database }: Context, threadId: string, callIds: string[]) {
  if (callIds.length === 0) return new Map<string, { explanation: string; confidence?: number }>();
  const rows = await database.sql<{ call: string; explanation: string; confidence: number | null }[]>`
    select data->>'callId' as call, data->>'explanation' as explanation, (data->>'confidence')::float8 as confidence from events
    where thread_id = ${threadId} and type = 'tool.proposed' and data->>'callId' = any(${callIds})`;
  return new Map(
    rows.map(({ call, explanation, confidence }) => [call, { explanation, ...(confidence === null ? {} : { confidence }) }] as const),
  );
}
