import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createTreeWriter } from '#lib/git/objects/tree-writer.ts';

/** Puts a program's files into its home folder, which the program may have filled with links since: none of them is followed. What begins with #! can be run. */
export async function writeHome(home: string, files: Record<string, string>): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const staging = await mkdtemp(join(dirname(home), '.staging-'));
  const writer = createTreeWriter({ tree: home, staging, keep: new Set() });
  try {
    for (const [path, content] of Object.entries(files))
      await writer.writeFile(path, content.startsWith('#!') ? 0o700 : 0o600, (onChunk) => onChunk(Buffer.from(content)));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
