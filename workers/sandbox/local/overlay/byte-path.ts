import { isUtf8 } from 'node:buffer';
import { chmodSync, lstatSync, type Stats } from 'node:fs';

const slash = Buffer.from('/');
/** Longest path that Linux takes in one call, and that git stores portably. */
export const longestPath = 4096;

/** Names made by hostile commands are bytes, not text: paths stay Buffers until they are known to be UTF-8. */
export function joinBytes(folder: Buffer, name: Buffer): Buffer {
  return folder.length === 0 ? name : Buffer.concat([folder, slash, name]);
}

/** The path as text, or null when git cannot hold it under this name. */
export function storablePath(path: Buffer): string | null {
  return isUtf8(path) && path.length < longestPath ? path.toString('utf8') : null;
}

export function lstatOrNull(path: Buffer | string): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (hasCode(error, 'ENOTDIR')) return null;
    throw error;
  }
}

/** Opens a folder of Choir's own for its owner, whatever mode a command gave it. */
export function unlockFolder(path: string): void {
  const mode = lstatOrNull(path)?.mode ?? 0o700;
  if ((mode & 0o700) !== 0o700) chmodSync(path, (mode | 0o700) & 0o1777);
}

export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
