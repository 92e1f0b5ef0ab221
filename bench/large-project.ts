import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One file among the many, changed again and again. */
export const changedPath = 'folder-3/part-1/file-13.txt';

/** `count` small text files below `folder`, about fifty to a folder. */
export async function writeFiles(folder: string, count: number): Promise<void> {
  const parts = Math.ceil(count / 500);
  for (let index = 0; index < count; index += 1) {
    const at = join(folder, `folder-${index % 10}`, `part-${Math.floor(index / 10) % parts}`);
    if (index < 10 * parts) await mkdir(at, { recursive: true });
    await writeFile(join(at, `file-${index}.txt`), `file ${index}\n`.repeat(20));
  }
}

/** Waits until all that was made is on disk, so that it is not flushed by the first thing that is measured. */
export function settleDisk(): void {
  spawnSync('sync');
}
