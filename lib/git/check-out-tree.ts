import { spawn } from 'node:child_process';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readCommit } from './read-commit.ts';
import { runGit } from './run-git.ts';
import { modesByPath, readTrailer } from './tree-trailer.ts';

/**
 * Makes the working tree of a commit at `tree` (absolute, must not be there or be empty). It appears whole or not at all; no filter, hook or
 * line-ending rule of the repository is applied.
 */
export async function checkOutTree({ store, commit, tree }: { store: string; commit: string; tree: string }): Promise<void> {
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
  const trailer = readTrailer((await readCommit(store, commit)).message);
  for (const folder of trailer.empty) await mkdir(join(work, folder), { recursive: true, mode: 0o755 });
  const modes = [...modesByPath(trailer)].sort(([a], [b]) => b.length - a.length);
  for (const [path, mode] of modes) await chmod(join(work, path), mode);
  await flushFileSystem();
  await rename(work, tree);
  await rm(draft, { recursive: true, force: true });
}

/** Waits until what was written is on disk: one `sync` costs less than one fsync for each of many files. */
export async function flushFileSystem(): Promise<void> {
  const child = spawn('sync', [], { stdio: 'ignore' });
  await new Promise((resolve) => child.on('error', resolve).on('close', resolve));
}
