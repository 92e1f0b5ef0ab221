import type { HunkPlace } from '#lib/core/change.ts';
import { readFileAt } from '../objects/read-commit-file.ts';
import { hunkPlaces } from './hunk-places.ts';
import { splitLines, takeBackHunks } from './splice-lines.ts';

/** `oldPath`: what the file was called at `from`. `hunks` lie between `from` and `to`. */
export type HunksInput = { store: string; from: string; to: string; now: string; path: string; oldPath: string; hunks: HunkPlace[] };

/** The bytes of a file at `now` with these hunks taken back; null where what they made has changed since, or is not there. */
export async function withoutHunks({ store, from, to, now, path, oldPath, hunks }: HunksInput): Promise<Buffer | null> {
  const [before, after, current] = await Promise.all([
    readFileAt({ store, commit: from, path: oldPath }),
    readFileAt({ store, commit: to, path }),
    readFileAt({ store, commit: now, path }),
  ]);
  if (!before || !after || !current) return null;
  const since = await hunkPlaces({ store, from: to, to: now, paths: [path], contextLines: 0 });
  if (since.length === 0 && !after.bytes.equals(current.bytes)) return null;
  const lines = takeBackHunks({
    from: splitLines(before.bytes),
    to: splitLines(after.bytes),
    now: splitLines(current.bytes),
    hunks,
    since,
  });
  return lines && Buffer.from(lines.join(''), 'latin1');
}
