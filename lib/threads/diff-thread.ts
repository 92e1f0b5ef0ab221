import { and, eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { FileDiff } from '#lib/core/change.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { approvals } from '#lib/db/schema.ts';
import { type DiffInput, diffCommits, diffFiles } from '#lib/git/diff-commits.ts';
import { findCheckpoint } from './find-checkpoint.ts';
import { requireThread } from './require-thread.ts';

export type DiffRange = { threadId: string; from?: string; to?: string; path?: string };

/**
 * The unified diff between two points of a thread. A point is a checkpoint (id, number, name, `current`, `start`) or an approval id, which
 * stands for the bytes that its card shows. Without `from`, the checkpoint before `to`.
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

async function resolveRange(context: Context, { threadId, from, to = 'current', path }: DiffRange): Promise<DiffInput | null> {
  const { state } = await requireThread(context, threadId);
  const target = await resolvePoint(context, state, to);
  const origin = from === undefined ? target.before : (await resolvePoint(context, state, from)).commit;
  return origin ? { store: context.home.store(state.projectId), from: origin, to: target.commit, path } : null;
}

/** The commit that a point of a thread stands for, and the one it was made on. Throws `not-found`. */
export async function resolvePoint(
  context: Context,
  state: ThreadState,
  point: string,
): Promise<{ commit: string; before: string | null }> {
  if (point.startsWith('ap_')) return proposedCommit(context, state, point);
  const wanted = point === 'current' ? (state.currentCheckpointId ?? '') : point === 'start' ? '0' : point;
  const { commit, parentCommit } = await findCheckpoint(context, state.threadId, wanted);
  return { commit, before: parentCommit };
}

async function proposedCommit(context: Context, { threadId }: ThreadState, approvalId: string) {
  const [row] = await context.database.db
    .select({ action: approvals.action })
    .from(approvals)
    .where(and(eq(approvals.id, approvalId), eq(approvals.threadId, threadId)));
  const commit = row?.action.effect?.commit;
  if (!row || !commit) throw new DomainError('not-found', 'This approval shows no changes.');
  const base = await findCheckpoint(context, threadId, row.action.baseCheckpointId);
  return { commit, before: base.commit };
}
