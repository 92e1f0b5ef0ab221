import { readPlaced } from '#lib/attachments/read-placed.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { type CommitFile, readFileAt } from '#lib/git/objects/read-commit-file.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { resolvePoint } from './diff-thread.ts';

/**
 * The bytes of one file as it was at a point of the thread (see `diffThread`); now, also a file that a person has sent to a run that works. Its `oid` is null then.
 * They are an agent's: never serve them as Choir's own page.
 */
export async function readThreadFile(
  context: Context,
  { threadId, path, at = 'current' }: { threadId: string; path: string; at?: string },
): Promise<Omit<CommitFile, 'oid'> & { oid: string | null }> {
  const { state } = await requireThread(context, threadId);
  const { commit } = await resolvePoint(context, state, at);
  const file = await readFileAt({ store: context.home.store(state.projectId), commit, path });
  if (file) return file;
  const placed = at === 'current' ? await readPlaced(context.home.tree(threadId), path) : null;
  if (!placed) throw new DomainError('not-found', 'There is no such file at this checkpoint.');
  return { oid: null, bytes: placed, mode: 0o100644, kind: 'file' };
}
