import { chmodSync, mkdirSync, renameSync, type Stats } from 'node:fs';
import { hasCode, lstatOrNull } from './byte-path.ts';

const setIdBits = 0o6000;

/** Moves what stands at `path` out of the way, into `trash`, so that removing a large folder is one rename. */
export function discard(path: Buffer, trash: Buffer): void {
  mkdirSync(trash, { recursive: true, mode: 0o700 });
  moveFolder(path, Buffer.concat([trash, Buffer.from(`/${crypto.randomUUID()}`)]));
}

/** Moves one entry into the tree, in place of whatever stands there. Never follows a link: rename replaces the link itself. */
export function placeEntry(source: Buffer, entry: Stats, target: Buffer, trash: Buffer): void {
  const standing = lstatOrNull(target);
  if (standing && (standing.isDirectory() || entry.isDirectory())) discard(target, trash);
  if (entry.isFile() && (entry.mode & setIdBits) !== 0) chmodSync(source, entry.mode & 0o1777);
  if (entry.isDirectory()) moveFolder(source, target);
  else renameSync(source, target);
}

/** A folder that its owner may not write cannot be moved to another parent: its mode is lifted for the move. */
function moveFolder(source: Buffer, target: Buffer): void {
  try {
    renameSync(source, target);
  } catch (error) {
    if (!hasCode(error, 'EACCES')) throw error;
    const mode = lstatOrNull(source)?.mode ?? 0o700;
    chmodSync(source, 0o700);
    renameSync(source, target);
    chmodSync(target, mode & 0o1777);
  }
}
