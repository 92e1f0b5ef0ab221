import { constants } from 'node:fs';
import { copyFile, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { recordPersonCheckpoint } from '#lib/checkpoints/record-person-checkpoint.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { CheckpointData } from '#lib/core/event.ts';
import { readMarker } from '#lib/git/tree/tree-marker.ts';
import { lockThread } from '#lib/threads/lock-thread.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { settleTree } from '#lib/threads/revert/settle-tree.ts';
import { type Attachment, attachmentFolder, attachmentLabel, attachmentName, commitAttachments, numberedName } from './attachments.ts';

/** Whoever holds the thread for longer is a run at work. */
const lockWaitMs = 2_000;

/**
 * Puts files of a person into the thread's working tree, under `attachments/`, as a checkpoint of theirs. While a run works they are put there by hand,
 * and become a checkpoint when it next looks. Returns their paths. Throws `not-found`, and `conflict` when `attachments` is no folder.
 */
export async function addAttachments(
  context: Context,
  { threadId, attachments }: { threadId: string; attachments: Attachment[] },
): Promise<string[]> {
  const { person } = await requireThread(context, threadId);
  const lock = await lockThread(context.database, threadId, lockWaitMs);
  if (!lock) return placeByHand(context.home.tree(threadId), attachments);
  try {
    const { state, current } = await settleTree(context, { threadId, kind: 'person' });
    const store = context.home.store(state.projectId);
    const marker = await readMarker(context.home.treeMarker(threadId));
    const { commit, changed, summary, paths } = await commitAttachments({
      store,
      parentCommit: current.commit,
      attachments,
      leftOutBefore: marker?.leftOut ?? [],
    });
    if (!changed) return paths;
    const label = attachmentLabel(paths);
    const command = (checkpoint: CheckpointData) => ({ type: 'record-checkpoint' as const, checkpoint });
    await recordPersonCheckpoint(context, { state, current, person, commit, changes: summary, label, command });
    return paths;
  } finally {
    await lock.release();
  }
}

/** New files only, and through no link: what an agent left there must lead nowhere. */
async function placeByHand(tree: string, attachments: Attachment[]): Promise<string[]> {
  const folder = join(tree, attachmentFolder);
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  if (!(await lstat(folder)).isDirectory())
    throw new DomainError('conflict', `There is something else called ${attachmentFolder} in this project.`);
  const paths: string[] = [];
  for (const { name, source } of attachments) {
    const safe = attachmentName(name);
    for (let number = 1; ; number += 1) {
      const file = numberedName(safe, number);
      const placed = await copyFile(source, join(folder, file), constants.COPYFILE_EXCL).then(
        () => true,
        (error: NodeJS.ErrnoException) => (error.code === 'EEXIST' ? false : Promise.reject(error)),
      );
      if (!placed) continue;
      paths.push(`${attachmentFolder}/${file}`);
      break;
    }
  }
  return paths;
}
