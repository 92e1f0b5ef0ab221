import { createHash } from 'node:crypto';
import { closeSync, constants, createReadStream, fstatSync, openSync, readFileSync } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';

/** Up to here a file is read in one go: five trips through the thread pool cost ten times what reading it costs. */
const atOnceBytes = 256 * 1024;

/** The blob id that git gives to the bytes of a file; never follows a link. Throws ELOOP, EACCES, ENOENT. */
export async function hashFile(path: string): Promise<string> {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size } = fstatSync(file);
    const hash = createHash('sha1').update(`blob ${size}\0`);
    if (size <= atOnceBytes) return hash.update(readFileSync(file)).digest('hex');
    for await (const chunk of createReadStream('', { fd: file, autoClose: false, highWaterMark: 1024 * 1024 })) hash.update(chunk);
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}

/** The blob id that git gives to these bytes. */
export function hashBytes(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** The blob id of whatever lies there that is no folder; null for nothing or a folder, 'unknown' for what git cannot hold or nobody can read. */
export async function hashEntry(path: string): Promise<string | null> {
  try {
    const stats = await lstat(path);
    if (stats.isDirectory()) return null;
    if (stats.isSymbolicLink()) return await hashLink(path);
    return stats.isFile() ? await hashFile(path) : 'unknown';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : 'unknown';
  }
}

/** The blob id of a link: of its target. */
export async function hashLink(path: string): Promise<string> {
  return hashBytes(await readlink(path, 'buffer'));
}
