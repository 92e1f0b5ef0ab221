import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { Installation } from '#tests/installation.ts';

/** A project that begins with these files; gives its id. */
export async function zipProject(choir: Installation, name: string, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const archive = new ZipFile();
  for (const [path, content] of Object.entries(files)) archive.addBuffer(Buffer.from(content), path);
  archive.end();
  const token = (await readFile(`${choir.home.root}/cli-token`, 'utf8')).trim();
  const made = await fetch(`${choir.url}/api/projects?${new URLSearchParams({ name })}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/zip' },
    body: new Uint8Array(await buffer(archive.outputStream)),
  });
  if (!made.ok) throw new Error(await made.text());
  return ((await made.json()) as { id: string }).id;
}
