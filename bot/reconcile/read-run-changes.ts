import type { ChangeSummary } from '#lib/core/change.ts';
import { isActive, type ThreadState } from '#lib/core/state.ts';
import { previewRestore } from '#lib/git/tree/preview-restore.ts';
import type { BotServices } from '../bot-services.ts';

/**
 * What the last run came to in the files, once it is over: a file that ended as it began is none. undefined where one checkpoint says it already, where
 * somebody else's came in between, and where it cannot be read.
 */
export async function readRunChanges(
  { home, log }: Pick<BotServices, 'home' | 'log'>,
  { run, checkpoints, projectId }: Pick<ThreadState, 'run' | 'checkpoints' | 'projectId'>,
): Promise<ChangeSummary | undefined> {
  if (!run || isActive(run)) return;
  const own = checkpoints.filter(({ runId }) => runId === run.runId);
  const last = own.at(-1);
  const from = own[0]?.parentCommit;
  const isUnbroken = own.every(({ parentCommit }, index) => index === 0 || parentCommit === own[index - 1]?.commit);
  if (own.length < 2 || !from || !last || !isUnbroken) return;
  try {
    const changes = await previewRestore({ store: home.store(projectId), from, to: last.commit });
    return { ...changes, leftOut: last.changes.leftOut };
  } catch (error) {
    log(`What ${run.runId} changed could not be read`, error);
  }
}
