import type { Services } from '#lib/context.ts';
import { checkpointRef, listHiddenRefs, type Ref, setRefs } from '#lib/git/store/refs.ts';
import { tidyStore } from '#lib/git/store/tidy-store.ts';
import { lockStore } from './lock-store.ts';

type Tidy = Pick<Services, 'database' | 'home'>;

const keptDays = 7;

/**
 * Housekeeping in a project's store, while none of its threads is in anybody's hands: proposals of runs that ended a week ago go, what lies loose is
 * packed. Whatever a checkpoint or an open approval names has its ref before anything is let go. Returns whether it came to its end.
 */
export async function tidyProject(
  { database, home }: Tidy,
  { projectId, stop }: { projectId: string; stop: AbortSignal },
): Promise<boolean> {
  const lock = await lockStore(database, projectId);
  if (!lock) return false;
  const signal = AbortSignal.any([lock.signal, stop]);
  try {
    const store = home.store(projectId);
    const refs = await listHiddenRefs(store);
    const missing = await missingCheckpointRefs(database, projectId, refs);
    const ended = await endedProposals(database, refs);
    signal.throwIfAborted();
    await setRefs({ store, refs: { ...missing, ...Object.fromEntries(ended.map((ref) => [ref, null])) } });
    await tidyStore({ store, signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    await lock.release();
  }
}

/** A crash between a checkpoint and its ref is put right when the thread is taken up again, which may be never. */
async function missingCheckpointRefs({ sql }: Tidy['database'], projectId: string, refs: Ref[]): Promise<Record<string, string>> {
  const rows = await sql<{ thread_id: string; number: number; commit: string }[]>`
    select thread_id, number, commit from checkpoints
    where thread_id in (select id from threads where project_id = ${projectId})`;
  const known = new Set(refs.map(({ ref }) => ref));
  const wanted = rows.map((row) => [checkpointRef(row.thread_id, row.number), row.commit] as const);
  return Object.fromEntries(wanted.filter(([ref]) => !known.has(ref)));
}

/** Those whose run is long over, and those that no approval ever named because a crash came first. */
async function endedProposals({ sql }: Tidy['database'], refs: Ref[]): Promise<string[]> {
  const proposals = refs.flatMap(({ ref, committedAt }) => {
    const approvalId = /^refs\/choir\/[^/]+\/proposed\/([^/]+)$/.exec(ref)?.[1];
    return approvalId ? [{ ref, approvalId, committedAt }] : [];
  });
  if (proposals.length === 0) return [];
  const rows = await sql<{ id: string; kept: boolean }[]>`
    select approvals.id, approvals.status = 'open' or runs.status in ('queued', 'running', 'waiting')
      or runs.updated_at > now() - make_interval(days => ${keptDays}) as kept
    from approvals join runs on runs.id = approvals.run_id where approvals.id = any(${proposals.map(({ approvalId }) => approvalId)})`;
  const kept = new Map(rows.map((row) => [row.id, row.kept]));
  const oldest = Date.now() - keptDays * 86_400_000;
  return proposals.filter(({ approvalId, committedAt }) => !(kept.get(approvalId) ?? committedAt.getTime() > oldest)).map(({ ref }) => ref);
}
