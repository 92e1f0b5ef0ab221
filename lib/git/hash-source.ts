import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readlink } from 'node:fs/promises';

/** The blob id that git gives to the bytes of a file; never follows a link. Throws ELOOP, EACCES, ENOENT. */
export async function hashFile(path: string): Promise<string> {
  await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const { size } = await file.stat();
  const hash = createHash('sha1').update(`blob ${size}\0`);
  if (size <= 1024 * 1024) return hash.update(await file.readFile()).digest('hex');
  for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 })) hash.update(chunk);
  return hash.digest('hex');
}

export async function hashLink(path: string): Promise<string> {
  const target = await readlink(path, 'buffer');
  return createHash('sha1').update(`blob ${target.length}\0`).update(target).digest('hex');
}
