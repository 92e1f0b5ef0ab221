import type { Readable } from 'node:stream';
import { finished, spawnGit } from './run-git.ts';

/** All branches and checkpoints of a store as one git bundle, which `git clone` reads. The stream fails when git does. */
export function bundleStore(store: string): Readable {
  const child = spawnGit({ store, args: ['bundle', 'create', '-', '--all'] });
  child.stdin.end();
  finished(child, 'bundle').catch((error: Error) => child.stdout.destroy(error));
  return child.stdout;
}
