import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nodeTemplate } from './node.ts';
import { pythonTemplate } from './python.ts';
import { staticPageTemplate } from './static-page.ts';

/** Path in the project -> content. */
export type Template = Record<string, string>;

const templates = {
  blank: {},
  node: nodeTemplate,
  python: pythonTemplate,
  'static-page': staticPageTemplate,
} satisfies Record<string, Template>;
export type TemplateName = keyof typeof templates;

export const templateNames = Object.keys(templates) as TemplateName[];

/** Whether there is a template of this name. */
export function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(templates, name);
}

/** Writes the files of a template into an empty folder. Throws on a name that is none. */
export async function writeTemplate(name: string, folder: string): Promise<void> {
  if (!isTemplate(name)) throw new Error(`No such template: ${name}`);
  for (const [path, content] of Object.entries<string>(templates[name])) {
    const at = join(folder, path);
    await mkdir(dirname(at), { recursive: true });
    await writeFile(at, content, { flag: 'wx' });
    await chmod(at, 0o644);
  }
}
