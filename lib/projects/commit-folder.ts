import { mkdir, rm } from 'node:fs/promises';
import { commitChanges } from '#lib/git/commit/commit-changes.ts';
import { listNewTree } from '#lib/git/tree/list-new-tree.ts';

/** The first commit of a store, of what `fill` puts into a folder that is removed again whatever happens. */
export async function commitFolder(store: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = `${store}.filling`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await fill(folder);
    const { commit } = await commitChanges({
      store,
      parentCommit: null,
      changes: await listNewTree(folder),
      message: 'Start of the project',
      author: { name: 'Choir', email: 'choir@choir.invalid' },
      at: new Date(),
      leftOutBefore: [],
    });
    return commit;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
