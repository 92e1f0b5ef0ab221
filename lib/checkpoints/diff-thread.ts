import { and, eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { FileDiff } from '#lib/core/change.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { approvals } from '#lib/db/schema.ts';
import { type DiffInput, diffCommits, diffFiles } from '#lib/git/diff/diff-commits.ts';
import { readCommit } from '#lib/git/objects/read-commit.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { findCheckpoint, findPointCheckpoint } from './find-checkpoint.ts';

/** `oldPath`: what `path` was called before, where it was renamed. */
export type DiffRange = { threadId: string; from?: string; to?: string; path?: string; oldPath?: string };

/**
 * The unified diff between two points of a thread. A point is a checkpoint (id, number, name, `current`, `start`), an approval id, which stands
 * for the bytes that its card shows, or the commit (12 digits or more) of a change that a rule set aside. Without `from`, what was before `to`.
 */
export async function diffThread(context: Context, range: DiffRange): Promise<string> {
  const commits = await resolveRange(context, range);
  return commits ? diffCommits(commits) : '';
}

/** The same as data: one entry per file. */
export async function diffThreadFiles(context: Context, range: DiffRange): Promise<FileDiff[]> {
  const commits = await resolveRange(context, range);
  return commits ? diffFiles(commits) : [];
}

async function resolveRange(context: Context, { threadId, from, to = 'current', path, oldPath }: DiffRange): Promise<DiffInput | null> {
  const { state } = await requireThread(context, threadId);
  const target = await resolvePoint(context, state, to);
  const origin = from === undefined ? target.before : (await resolvePoint(context, state, from)).commit;
  return origin ? { store: context.home.store(state.projectId), from: origin, to: target.commit, path, oldPath } : null;
}

/** The commit that a point of a thread stands for, and the one it was made on. Throws `not-found`. */
export async function resolvePoint(
  context: Context,
  state: ThreadState,
  point: string,
): Promise<{ commit: string; before: string | null }> {
  if (point.startsWith('ap_')) return proposedCommit(context, state, point);
  const parked = /^[0-9a-f]{12,40}$/.test(point) ? await parkedCommit(context, state.threadId, point) : null;
  if (parked) return { commit: parked, before: (await readCommit(context.home.store(state.projectId), parked)).parent };
  const { commit, parentCommit } = await findPointCheckpoint(context, state, point);
  return { commit, before: parentCommit };
}

async function parkedCommit({ database }: Context, threadId: string, beginning: string): Promise<string | null> {
  const [row] = await database.sql<{ commit: string }[]>`
    select data->>'parkedCommit' as commit from events
    where thread_id = ${threadId} and type = 'rule.enforced' and starts_with(data->>'parkedCommit', ${beginning}) limit 1`;
  return row?.commit ?? null;
}

async function proposedCommit(context: Context, { threadId, projectId }: ThreadState, approvalId: string) {
  const [row] = await context.database.db
    .select({ action: approvals.action })
    .from(approvals)
    .where(and(eq(approvals.id, approvalId), eq(approvals.threadId, threadId)));
  const commit = row?.action.effect?.commit;
  if (!row || !commit) throw new DomainError('not-found', 'This approval shows no changes.');
  await readCommit(context.home.store(projectId), commit).catch(() => {
    throw new DomainError('not-found', 'What this approval showed is no longer kept: its run ended long ago.');
  });
  const base = await findCheckpoint(context, threadId, row.action.baseCheckpointId);
  return { commit, before: base.commit };
}
