import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { choirHome } from '#lib/home.ts';
import { testHome } from '#tests/services.ts';
import { prepareHome } from './prepare-home.ts';

const { root } = await testHome();

test('makes an absent data folder, and is content with it the next time', async () => {
  const home = choirHome(join(root, 'deep', 'fresh'));
  prepareHome(home);
  prepareHome(home);
  expect((await readdir(home.root)).sort()).toEqual(['layout.json', 'logs', 'run', 'tools']);
});

test('rejects a file in the place of the data folder', async () => {
  await writeFile(join(root, 'file'), '');
  expect(() => prepareHome(choirHome(join(root, 'file')))).toThrow(/in the way of a file/);
});

test('rejects a data folder below a file', () => {
  expect(() => prepareHome(choirHome(join(root, 'file', 'home')))).toThrow(/in the way of a file/);
});

test.each([
  ['a newer Choir', '{"layout":999}', /newer Choir/],
  ['nothing legible', '{"lay', /is damaged/],
  ['the wrong thing', '[]', /is damaged/],
])('rejects a data folder that was made by %s', async (_, text, message) => {
  const folder = await mkdirIn(`layout-${Math.random()}`);
  await writeFile(join(folder, 'layout.json'), text);
  expect(() => prepareHome(choirHome(folder))).toThrow(message);
});

async function mkdirIn(name: string): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder);
  return folder;
}
