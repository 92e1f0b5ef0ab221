import { chmod, readdir, rm } from 'node:fs/promises';

/** Removes a folder and all in it, with folders that an agent has locked. Nobody may work in it meanwhile. */
export async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM'))) throw error;
    await unlock(Buffer.from(path));
    await rm(path, { recursive: true, force: true });
  }
}

/** Paths are bytes: an agent's file names need not be UTF-8. */
async function unlock(folder: Buffer): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' }))
    if (entry.isDirectory()) await unlock(Buffer.concat([folder, Buffer.from('/'), entry.name]));
}
