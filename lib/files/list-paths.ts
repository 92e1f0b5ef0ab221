import { resolvePoint } from '#lib/checkpoints/diff-thread.ts';
import type { Context } from '#lib/context.ts';
import { listFilesAt } from '#lib/git/objects/list-commit-files.ts';
import { requireThread } from '#lib/threads/require-thread.ts';

const listed = 50_000;

/** Paths of all files at a point of the thread (see `diffThread`), sorted, up to 50,000; `total` counts all. */
export async function listPaths(
  context: Context,
  { threadId, at = 'current' }: { threadId: string; at?: string },
): Promise<{ paths: string[]; total: number }> {
  const { state } = await requireThread(context, threadId);
  const { commit } = await resolvePoint(context, state, at);
  const { files, total } = await listFilesAt({ store: context.home.store(state.projectId), commit, limit: listed });
  return { paths: files, total };
}
