import { resolvePoint } from '#lib/checkpoints/diff-thread.ts';
import type { Context } from '#lib/context.ts';
import type { TreeListing } from '#lib/core/project-map.ts';
import { listChanges } from '#lib/git/diff/list-changes.ts';
import { listFilesAt } from '#lib/git/objects/list-commit-files.ts';
import { requireThread } from '#lib/threads/require-thread.ts';

const mostFiles = 50_000;

/** Every file at a point of a thread (see `diffThread`), and what changed since another one. `since` `before`: since the checkpoint before. */
export async function listTree(
  context: Context,
  { threadId, at = 'current', since = 'start' }: { threadId: string; at?: string; since?: string },
): Promise<TreeListing> {
  const { state } = await requireThread(context, threadId);
  const store = context.home.store(state.projectId);
  const { commit, before } = await resolvePoint(context, state, at);
  const from = since === 'before' ? (before ?? commit) : (await resolvePoint(context, state, since)).commit;
  const [listed, changes] = await Promise.all([listFilesAt({ store, commit, limit: mostFiles }), listChanges({ store, from, to: commit })]);
  const changed = changes.map(({ oldMode: _oldMode, mode: _mode, oldOid: _oldOid, oid: _oid, ...change }) => change);
  return { ...listed, changed };
}
