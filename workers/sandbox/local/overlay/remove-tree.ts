import { execFile } from 'node:child_process';
import { existsSync, rmdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Removes a folder whatever a command left in it: unreadable folders, and paths longer than the kernel takes in one call. */
export async function removeTree(folder: string): Promise<void> {
  removeEmpty(join(folder, 'work', 'work'));
  try {
    await rm(folder, { recursive: true, force: true });
    return;
  } catch (error) {
    if (!existsSync(folder)) return;
    if (!(error instanceof Error)) throw error;
  }
  await run('chmod', ['-R', 'u+rwX', '--', folder]).catch(() => undefined);
  await run('rm', ['-rf', '--', folder]);
}

/** Overlayfs leaves this folder with mode 000: reading it fails for an ordinary user, removing it does not. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    return;
  }
}
