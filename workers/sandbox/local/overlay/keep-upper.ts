import { chmodSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { dropSetIds } from '../walls/drop-set-ids.ts';
import { hasCode, joinBytes, longestPath, lstatOrNull } from './byte-path.ts';
import { discard, placeEntry } from './place-entry.ts';
import { opaqueInUpper } from './scan-upper.ts';

/**
 * Moves an upper layer into the tree, entry by entry. Each step takes its entry out of the upper layer last, so a keep that was
 * cut off anywhere goes on with what is still there. Folders are entered only where the tree holds a real folder.
 */
export async function keepUpper(places: { upper: string; tree: string; trash: string; getfattr: string }): Promise<void> {
  const upperRoot = Buffer.from(places.upper);
  const treeRoot = Buffer.from(places.tree);
  const trash = Buffer.from(places.trash);
  const opaque = await opaqueInUpper(places.upper, places.tree, places.getfattr);

  let cleaned: Promise<void> | null = null;
  /** A folder that is moved whole takes along what nobody looked at. */
  function withoutSetIds(): Promise<void> {
    cleaned ??= dropSetIds(places.upper);
    return cleaned;
  }

  async function merge(folder: Buffer): Promise<void> {
    for (const { name } of readdirSync(joinBytes(upperRoot, folder), { encoding: 'buffer', withFileTypes: true })) {
      const bytes = joinBytes(folder, name);
      const source = joinBytes(upperRoot, bytes);
      const target = joinBytes(treeRoot, bytes);
      // Nothing takes such a path in one call; a folder that is moved whole brings it along.
      if (Math.max(source.length, target.length) >= longestPath) continue;
      const entry = lstatOrNull(source);
      if (!entry) continue;
      if (entry.isCharacterDevice()) {
        if (lstatOrNull(target)) discard(target, trash);
        unlinkSync(source);
      } else if (entry.isDirectory() && lstatOrNull(target)?.isDirectory() && !opaque.has(source.toString('latin1'))) {
        await mergeFolder(bytes, source, target, entry.mode);
      } else {
        if (entry.isDirectory()) await withoutSetIds();
        placeEntry(source, entry, target, trash);
      }
    }
    await setImmediate();
  }

  async function mergeFolder(bytes: Buffer, source: Buffer, target: Buffer, mode: number): Promise<void> {
    const standing = lstatOrNull(target)?.mode ?? mode;
    const unlocked = (standing | 0o700) & 0o1777;
    if ((standing & 0o700) !== 0o700) chmodSync(target, unlocked);
    if ((mode & 0o700) !== 0o700) chmodSync(source, (mode | 0o700) & 0o1777);
    await merge(bytes);
    chmodSync(target, mode & 0o1777);
    try {
      rmdirSync(source);
    } catch (error) {
      if (!hasCode(error, 'ENOTEMPTY')) throw error;
    }
  }

  await merge(Buffer.alloc(0));
}
