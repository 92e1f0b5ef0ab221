import { chmod, lstat, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { flushFiles } from '../objects/flush-files.ts';
import { readTreeIndex } from '../objects/tree-index.ts';
import { modesByPath } from '../objects/tree-trailer.ts';
import { openFolderRecord } from '../store/folder-record.ts';
import { runGit } from '../store/run-git.ts';

/**
 * Makes the working tree of a commit at `tree` (absolute, must not be there or be empty). It appears whole or not at all; no filter, hook or
 * line-ending rule of the repository is applied. `completedAtMs`: from then on somebody may have edited it.
 */
export async function checkOutTree({
  store,
  commit,
  tree,
}: {
  store: string;
  commit: string;
  tree: string;
}): Promise<{ completedAtMs: number }> {
  const draft = `${tree}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(join(draft, 'tree'), { recursive: true, mode: 0o755 });
  const work = join(draft, 'tree');
  const env = { GIT_INDEX_FILE: join(draft, 'index') };
  await runGit({ store, args: [`--work-tree=${work}`, 'read-tree', commit], env });
  await runGit({
    store,
    args: [`--work-tree=${work}`, '-c', 'checkout.workers=0', 'checkout-index', '--all', '--quiet'],
    env,
    umask: '022',
  });
  const { paths, trailer } = await readTreeIndex(store, commit);
  for (const folder of trailer.empty) await mkdir(join(work, folder), { recursive: true, mode: 0o755 });
  const folders = await openFolderRecord(tree);
  const visible = ['', ...[...paths].filter(([, { kind }]) => kind === 'folder').map(([path]) => path)];
  for (const path of visible) {
    // A name that is not UTF-8 is on disk under its own bytes: it is compared whenever the tree is.
    const stats = await lstat(join(work, path), { bigint: true }).catch(() => null);
    if (stats) folders.remember(path, stats);
  }
  const modes = [...modesByPath(trailer)].sort(([a], [b]) => b.length - a.length);
  for (const [path, mode] of modes) await chmod(join(work, path), mode);
  await folders.save();
  const files = [...paths].filter(([, { kind }]) => kind === 'file').map(([path]) => join(work, path));
  await flushFiles(files);
  await rename(work, tree);
  const completedAtMs = Date.now();
  await rm(draft, { recursive: true, force: true });
  return { completedAtMs };
}
