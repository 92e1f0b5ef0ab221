import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathPattern } from './path-pattern.ts';

const protectedPath = pathPattern({ on: 'path', glob: '**/migrations/**', act: 'write' });
const onlySource = pathPattern({ on: 'path', glob: '**', act: 'write', except: ['src/**'] });

const name = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 12 })
  .filter((text) => !/[/\0]/.test(text) && text !== '.' && text !== '..');
const folders = fc.array(name, { maxLength: 3 }).map((names) => names.map((one) => `${one}/`).join(''));

test('a path in what it names is found whatever it and its folders are called', () => {
  const written = fc.constantFrom('migrations', 'MIGRATIONS', './migrations', 'x/../migrations', 'migr\u200dations', 'migrations/');
  fc.assert(
    fc.property(folders, written, folders, name, (above, folder, below, file) => protectedPath(`${above}${folder}/${below}${file}`)),
  );
});

test('only what lies in what it leaves out is left out, letter by letter', () => {
  fc.assert(fc.property(folders, name, (below, file) => !onlySource(`src/${below}${file}`)));
  fc.assert(fc.property(name, name, (folder, file) => folder === 'src' || onlySource(`${folder}/${file}`)));
  for (const path of ['s\u200drc/x', 'src\ufeff/x', '\u202esrc/x', 'SRC/x', 'ſrc/x', 'src\\x', 'src', 'src/../x']) {
    expect(onlySource(path)).toBe(path !== 'src');
  }
});

test('a file that ends as it says is found, and so is one with a name out of several', () => {
  const queries = pathPattern({ on: 'path', glob: '**/*.sql', act: 'write' });
  const tests = pathPattern({ on: 'path', glob: '**/{test,tests}/**', act: 'write' });
  fc.assert(fc.property(folders, name, (above, file) => queries(`${above}${file}.sql`) && queries(`${above}${file}.SQL`)));
  fc.assert(fc.property(folders, fc.constantFrom('test', 'Tests'), name, (above, folder, file) => tests(`${above}${folder}/${file}`)));
});
