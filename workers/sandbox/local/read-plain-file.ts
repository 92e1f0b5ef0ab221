import { constants } from 'node:fs';
import { open, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './overlay/byte-path.ts';

/**
 * Text of a file below `root`, which hostile programs may be writing to: no link is followed, nothing but a plain file is read, and none of more than
 * `limitBytes`. `undefined` when there is nothing of that name; null when it is something else.
 */
export async function readPlainFile(root: string, path: string, limitBytes: number): Promise<string | null | undefined> {
  const top = await realpath(root).catch(() => null);
  if (top === null) return undefined;
  const place = join(top, path);
  if (!place.startsWith(join(top, '/'))) return null;
  const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error: unknown) =>
    hasCode(error, 'ENOENT') ? undefined : null,
  );
  if (!file) return file;
  try {
    // Where it really lies says that no folder on the way was a link, however fast somebody changes them.
    const lies = process.platform === 'linux' ? await readlink(`/proc/self/fd/${file.fd}`) : await realpath(place);
    const stats = await file.stat();
    if (lies !== place || !stats.isFile() || stats.size > limitBytes) return null;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(limitBytes + 1), 0, limitBytes + 1, 0);
    return bytesRead > limitBytes ? null : buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
