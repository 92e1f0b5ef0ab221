import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { compressions } from '#bin/web/built-files.ts';

const compress = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** Puts every script and style under `folder` beside itself once more in each compression, as small as it gets: no request waits for that. */
export async function compressFiles(folder: string): Promise<void> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.(js|mjs|css)$/.test(name));
  for (const name of names) {
    const path = join(folder, name);
    const content = await readFile(path);
    await Promise.all(compressions.map(async ({ encoding, suffix }) => writeFile(path + suffix, await compress[encoding](content))));
  }
}
