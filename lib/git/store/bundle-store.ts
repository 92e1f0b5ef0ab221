import { Readable } from 'node:stream';
import { finished, spawnGit } from './run-git.ts';

/** All branches and checkpoints of a store as one git bundle, which `git clone` reads. The stream fails when git does, and when `signal` aborts. */
export function bundleStore(store: string, signal?: AbortSignal): Readable {
  return Readable.from(bundle(store, signal), { objectMode: false });
}

/** Over only once git has said that all of it is there. */
async function* bundle(store: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const child = spawnGit({ store, args: ['bundle', 'create', '-', '--all'], signal });
  child.stdin.end();
  const end = finished(child, 'bundle');
  end.catch(() => {});
  yield* child.stdout;
  await end;
}
