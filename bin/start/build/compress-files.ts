import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

/** What a file is served in, the smallest first, and what its name ends with then. */
export const compressions = [
  { encoding: 'br', suffix: '.br', compress: promisify(brotliCompress) },
  { encoding: 'gzip', suffix: '.gz', compress: (content: Buffer) => promisify(gzip)(content, { level: 9 }) },
];

/** Puts every script and style under `folder` beside itself once more in each compression, as small as it gets: no request waits for that. */
export async function compressFiles(folder: string): Promise<void> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.(js|mjs|css)$/.test(name));
  for (const name of names) {
    const path = join(folder, name);
    const content = await readFile(path);
    await Promise.all(compressions.map(async ({ suffix, compress }) => writeFile(path + suffix, await compress(content))));
  }
}
