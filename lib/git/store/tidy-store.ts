import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from './run-git.ts';

/** Past so many loose objects they are packed, and past so many packs these become one. */
const looseLimit = 2_000;
const packLimit = 50;
/** What was cloned is not packed again: tidying costs what Choir added. */
const bigPackBytes = 64 << 20;
const staleMs = 3_600_000;

export type TidyStore = { store: string; signal: AbortSignal; loose?: number; packs?: number };

/**
 * Packs what lies loose in a store, and lets go of loose objects that no ref has reached for two weeks. Does nothing while there is little to do.
 * Needs the store for itself, and may be killed at any time. Nothing goes straight from a pack: what no ref reaches any more lies loose until
 * the next time, so that a commit in the making which takes up an old object writes it anew.
 */
export async function tidyStore({ store, signal, loose = looseLimit, packs: most = packLimit }: TidyStore): Promise<void> {
  // Objects spread evenly over 256 folders.
  const sample = await readdir(join(store, 'objects', '17')).catch(() => []);
  const packs = await packSizes(store);
  const many = packs.filter(({ bytes }) => bytes < bigPackBytes).length > most;
  if (!many && sample.length * 256 <= loose) return;
  await removeLeftovers(store);
  await runGit({ store, args: ['prune', '--expire=2.weeks.ago'], signal });
  signal.throwIfAborted();
  // Not to be cut off: it would leave locks on refs.
  await runGit({ store, args: ['pack-refs', '--all', '--prune'] });
  const big = packs.filter(({ bytes }) => bytes >= bigPackBytes).map(({ name }) => `--keep-pack=${name}`);
  await runGit({ store, args: ['repack', '-d', '-l', '-q', ...(many ? ['-A', ...big] : [])], signal });
}

async function packSizes(store: string): Promise<{ name: string; bytes: number }[]> {
  const folder = join(store, 'objects', 'pack');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.pack'));
  return Promise.all(names.map(async (name) => ({ name, bytes: (await stat(join(folder, name))).size })));
}

/** What a git that was killed left behind: locks, on which every later one would fail, and half a pack. */
async function removeLeftovers(store: string): Promise<void> {
  const refs = await readdir(join(store, 'refs'), { recursive: true });
  const packs = await readdir(join(store, 'objects', 'pack'));
  const candidates = [
    'packed-refs.lock',
    ...refs.filter((name) => name.endsWith('.lock')).map((name) => join('refs', name)),
    ...packs.filter((name) => /^\.?tmp[-_]/.test(name)).map((name) => join('objects', 'pack', name)),
  ];
  for (const name of candidates) {
    const found = await stat(join(store, name)).catch(() => null);
    if (found && Date.now() - found.mtimeMs > staleMs) await rm(join(store, name), { force: true });
  }
}
