import { readFile } from 'node:fs/promises';
import { rolldown } from 'rolldown';
import { ZipFile } from 'yazl';
import type { Context } from '#lib/context.ts';
import { newId } from '#lib/core/new-id.ts';
import { createProject } from '#lib/projects/create-project.ts';

/** `notes.mjs` is a real server, `hostile.mjs` one that misbehaves: see `hostile-server.mjs`. */
export async function projectWithServers(context: Context, files: Record<string, string> = {}): Promise<string> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(await bundle('real-server.ts')), 'notes.mjs');
  zip.addBuffer(await readFile(new URL('hostile-server.mjs', import.meta.url)), 'hostile.mjs');
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  const from = { upload: { fileName: 'project.zip', content: zip.outputStream as AsyncIterable<Uint8Array> } };
  return (await createProject(context, { name: newId('pr'), from })).id;
}

/** The sandbox does not show Choir's own packages: a server there brings its own. */
async function bundle(name: string): Promise<string> {
  const built = await rolldown({ input: new URL(name, import.meta.url).pathname, platform: 'node', logLevel: 'silent' });
  const { output } = await built.generate({ format: 'esm', codeSplitting: false });
  await built.close();
  return output[0].code;
}
