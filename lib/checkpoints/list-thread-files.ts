import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { type FolderEntry, listFolderAt } from '#lib/git/objects/list-commit-files.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { resolvePoint } from './diff-thread.ts';

/** One folder of the tree as it was at a point of the thread (see `diffThread`); folders first, then by name. */
export async function listThreadFiles(
  context: Context,
  { threadId, path = '', at = 'current' }: { threadId: string; path?: string; at?: string },
): Promise<FolderEntry[]> {
  const { state } = await requireThread(context, threadId);
  const { commit } = await resolvePoint(context, state, at);
  const entries = await listFolderAt({ store: context.home.store(state.projectId), commit, path });
  if (!entries) throw new DomainError('not-found', 'There is no such folder at this checkpoint.');
  return entries;
}
