import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import { attachmentFolder, attachmentName } from './attachments.ts';

/**
 * The bytes of a person's file that was put into the working tree by hand, while a run works, and that no checkpoint holds yet; null where there is
 * none. Reads nothing but a plain file of `attachments/`, and through no link: an agent may have left one there.
 */
export async function readPlaced(tree: string, path: string): Promise<Buffer | null> {
  const name = path.slice(attachmentFolder.length + 1);
  if (path !== `${attachmentFolder}/${name}` || attachmentName(name) !== name) return null;
  const folder = await lstat(join(tree, attachmentFolder)).catch(() => null);
  if (!folder?.isDirectory()) return null;
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(join(tree, path), flags).catch(() => null);
  if (!file) return null;
  try {
    return (await file.stat()).isFile() ? await file.readFile() : null;
  } finally {
    await file.close();
  }
}
