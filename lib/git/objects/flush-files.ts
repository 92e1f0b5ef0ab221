import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const oneByOne = 64;

/** Waits until these files (absolute paths) are on disk: a marker must not outlive the bytes it vouches for. For many, one `sync` costs less than an fsync each. */
export async function flushFiles(paths: string[]): Promise<void> {
  if (paths.length > oneByOne) {
    const child = spawn('sync', [], { stdio: 'ignore' });
    await new Promise((resolve) => child.on('error', resolve).on('close', resolve));
    return;
  }
  for (const path of paths) {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => null);
    await file?.sync();
    await file?.close();
  }
}
