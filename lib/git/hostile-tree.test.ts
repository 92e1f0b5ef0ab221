import { execFile } from 'node:child_process';
import {
  access,
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { LeftOut } from '#lib/core/change.ts';
import { commitChanges } from './commit/commit-changes.ts';
import { diffCommits, diffFiles } from './diff/diff-commits.ts';
import { readFileAt } from './objects/read-commit-file.ts';
import { createStore } from './store/create-store.ts';
import { checkOutTree } from './tree/check-out-tree.ts';
import { listNewTree } from './tree/list-new-tree.ts';
import { restoreTree } from './tree/restore-tree.ts';
import { scanTree } from './tree/scan-tree.ts';
import { clockToleranceMs, readMarker, writeMarker } from './tree/tree-marker.ts';

const root = await mkdtemp(join(tmpdir(), 'choir-hostile-'));
afterAll(() => rm(root, { recursive: true, force: true }));

let count = 0;
let store = '';
let tree = '';
beforeEach(async () => {
  count += 1;
  store = join(root, String(count), 'store.git');
  tree = join(root, String(count), 'tree');
  await createStore(store);
  await mkdir(tree, { recursive: true });
});

async function write(path: string, content: string | Buffer = ''): Promise<void> {
  await mkdir(join(tree, path, '..'), { recursive: true });
  await writeFile(join(tree, path), content);
}

async function commit(parentCommit: string | null, leftOutBefore: LeftOut[] = []) {
  const changes =
    parentCommit === null
      ? await listNewTree(tree)
      : await scanTree({ store, commit: parentCommit, tree, marker: null, leftOut: leftOutBefore });
  const author = { name: 'P', email: 'p@choir.invalid' };
  return commitChanges({ store, parentCommit, changes, message: 'm', author, at: new Date(), leftOutBefore });
}

async function settled(id: string) {
  const file = join(tree, '..', 'tree.json');
  const old = Date.now() - 3_600_000;
  await writeMarker(file, { commit: id, scannedAtMs: Date.now() });
  const marker = await readMarker(file);
  return { marker, old };
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

test('a restore never writes or deletes through a symlink that took the place of a folder', async () => {
  await write('folder/file', 'one');
  const first = await commit(null);
  await write('folder/file', 'two');
  await write('folder/more', 'two');
  const second = await commit(first.commit);
  const outside = join(root, String(count), 'outside');
  await rename(join(tree, 'folder'), outside);
  await symlink(outside, join(tree, 'folder'));
  await restoreTree({ store, tree, from: second.commit, to: first.commit, leftOut: [] });
  expect(await readFile(join(outside, 'file'), 'utf8')).toBe('two');
  expect(await exists(join(outside, 'more'))).toBe(true);
  expect(await readFile(join(tree, 'folder/file'), 'utf8')).toBe('one');
  expect(await readlink(join(tree, 'folder.kept'))).toBe(outside);
});

test('a checkpoint reads nothing behind a folder that became a link while it was made', async () => {
  await write('folder/file', 'mine');
  const changes = await listNewTree(tree);
  const outside = join(root, String(count), 'outside');
  await mkdir(outside);
  await writeFile(join(outside, 'file'), 'secret');
  await rm(join(tree, 'folder'), { recursive: true });
  await symlink(outside, join(tree, 'folder'));
  const author = { name: 'P', email: 'p@choir.invalid' };
  const raced = changes.filter(({ path }) => path === 'folder/file');
  const made = commitChanges({ store, parentCommit: null, changes: raced, message: 'm', author, at: new Date(), leftOutBefore: [] });
  await expect(made).rejects.toThrow('Not a file any more');
});

test('nothing that a tree configures is ever run', async () => {
  const canary = join(root, String(count), 'canary');
  const command = `touch ${canary}`;
  const config = `[core]\n fsmonitor = ${command}\n hooksPath = hooks\n[filter "evil"]\n clean = ${command}\n smudge = ${command}\n required\n[diff "evil"]\n command = ${command}\n textconv = ${command}\n[diff]\n external = ${command}\n`;
  await write('.gitattributes', '* filter=evil diff=evil ident text eol=crlf working-tree-encoding=UTF-16\n');
  await write('.git/config', config);
  await write('.gitconfig', config);
  await write('hooks/post-checkout', `#!/bin/sh\n${command}\n`);
  await chmod(join(tree, 'hooks/post-checkout'), 0o755);
  await write('file', 'a\n$Id$\n');
  const first = await commit(null);
  await write('file', 'b\n$Id$\n');
  const second = await commit(first.commit, first.summary.leftOut);
  expect(await diffCommits({ store, from: first.commit, to: second.commit })).toContain('-a\n+b\n');
  await restoreTree({ store, tree, from: second.commit, to: first.commit, leftOut: second.summary.leftOut });
  const fresh = `${tree}-fresh`;
  await checkOutTree({ store, commit: second.commit, tree: fresh });
  expect(await readFile(join(fresh, 'file'), 'utf8')).toBe('b\n$Id$\n');
  expect(await exists(canary)).toBe(false);
});

test('a .git in any spelling is left out, named, and never deleted', async () => {
  for (const name of ['.git', 'deep/.GIT', 'git~1', 'hfs/.g\u200cit', 'dots/.git. ']) await write(`${name}/config`, 'x');
  await write('deep/file', 'x');
  const first = await commit(null);
  expect(first.summary.leftOut.map(({ path, reason }) => `${reason} ${path}`)).toEqual(
    ['.git', 'deep/.GIT', 'dots/.git. ', 'git~1', 'hfs/.g\u200cit'].map((path) => `nested-git ${path}`),
  );
  await rm(join(tree, 'deep/file'));
  const second = await commit(first.commit, first.summary.leftOut);
  await restoreTree({ store, tree, from: second.commit, to: first.commit, leftOut: second.summary.leftOut });
  expect(await exists(join(tree, 'deep/.GIT/config'))).toBe(true);
  expect(await exists(join(tree, 'deep/file'))).toBe(true);
});

test('pipes, names that are no UTF-8 and files over the cap are named, and a revert keeps them', async () => {
  await write('big', 'small');
  await write('kept', 'x');
  const first = await commit(null);
  await promisify(execFile)('mkfifo', [join(tree, 'pipe')]);
  await writeFile(Buffer.concat([Buffer.from(`${tree}/bad-`), Buffer.from([0xff])]), 'x');
  await truncate(join(tree, 'big'), 300 * 1024 ** 2);
  const second = await commit(first.commit);
  expect(second.summary.leftOut.map(({ path, reason }) => [path, reason])).toEqual([
    ['bad-\ufffd', 'unstorable'],
    ['big', 'too-large'],
    ['pipe', 'unstorable'],
  ]);
  const { leftOut } = second.summary;
  await restoreTree({ store, tree, from: second.commit, to: first.commit, leftOut });
  expect(await readFile(join(tree, 'big'), 'utf8')).toBe('small');
  expect((await stat(join(tree, 'big.kept'))).size).toBe(300 * 1024 ** 2);
  expect((await lstat(join(tree, 'pipe'))).isFIFO()).toBe(true);
});

test('a dependency folder over the cap is left out and stays so; a small one is held whole', async () => {
  await write('small/node_modules/a/index.js', 'a');
  await write('big/node_modules/a.bin', Buffer.alloc(21 * 1024 ** 2));
  await write('big/main.js', 'x');
  const first = await commit(null);
  expect(first.summary.leftOut).toEqual([{ path: 'big/node_modules', reason: 'dependency-folder', files: 1, bytes: 21 * 1024 ** 2 }]);
  expect(await readFileAt({ store, commit: first.commit, path: 'small/node_modules/a/index.js' })).not.toBeNull();
  await write('big/node_modules/one.js', 'x');
  const second = await commit(first.commit, first.summary.leftOut);
  expect(second.changed).toBe(false);
  await rm(join(tree, 'big/node_modules'), { recursive: true });
  const third = await commit(second.commit, second.summary.leftOut);
  expect(third.summary.leftOut).toEqual([]);
});

test('a scan finds an edit of the same size, with its old time put back, in the same tick', async () => {
  await write('src/file', 'aaaa');
  await write('src/other', 'aaaa');
  const first = await commit(null);
  const { marker, old } = await settled(first.commit);
  await writeFile(join(tree, 'src/file'), 'bbbb');
  await utimes(join(tree, 'src/file'), old / 1000, old / 1000);
  expect(await scanTree({ store, commit: first.commit, tree, marker, leftOut: [] })).toMatchObject([{ path: 'src/file', kind: 'file' }]);
});

test('a scan finds what a folder from elsewhere brings, though its files are old', async () => {
  await write('src/deep/file', 'mine');
  const first = await commit(null);
  const backup = join(root, String(count), 'backup');
  await mkdir(join(backup, 'deep'), { recursive: true });
  await writeFile(join(backup, 'deep/file'), 'backup');
  await scanTree({ store, commit: first.commit, tree, marker: null, leftOut: [] });
  const { marker } = await settled(first.commit);
  const later = marker && { ...marker, scannedAtMs: (await stat(join(backup, 'deep/file'))).ctimeMs + clockToleranceMs + 500 };
  while (Date.now() < (later?.scannedAtMs ?? 0) + 100) await stat(tree);
  await rm(join(tree, 'src'), { recursive: true });
  await rename(backup, join(tree, 'src'));
  expect(await scanTree({ store, commit: first.commit, tree, marker: later, leftOut: [] })).toMatchObject([
    { path: 'src/deep/file', kind: 'file' },
  ]);
});

test('hard links, odd names and deep folders come back as they were', async () => {
  const names = [
    'line\nbreak',
    'tab\t"quote"',
    '-rf',
    '\u202Eright-to-left',
    '*?[glob]',
    'ü'.normalize('NFD'),
    ' spaces ',
    `${'d/'.repeat(120)}deep`,
  ];
  for (const name of names) await write(name, name);
  await link(join(tree, '-rf'), join(tree, 'linked'));
  const first = await commit(null);
  await rm(tree, { recursive: true });
  await mkdir(tree);
  const second = await commit(first.commit);
  expect(second.summary.deletedCount).toBeGreaterThan(names.length);
  await restoreTree({ store, tree, from: second.commit, to: first.commit, leftOut: [] });
  for (const name of names) expect(await readFile(join(tree, name), 'utf8')).toBe(name);
});

test('a diff gives renames, binary files, type changes and missing line ends as data', async () => {
  await write('old.txt', 'one\ntwo\nthree\nfour\n');
  await write('bytes', Buffer.from([0, 1, 2]));
  await write('kind', 'x\n');
  await write('text', '@@ -1 +1 @@\ndiff --git a/x b/x\nend');
  const first = await commit(null);
  await rename(join(tree, 'old.txt'), join(tree, 'new.txt'));
  await write('bytes', Buffer.from([0, 3]));
  await rm(join(tree, 'kind'));
  await symlink('x', join(tree, 'kind'));
  await write('text', '@@ -1 +1 @@\ndiff --git a/x b/x\nend\n');
  const second = await commit(first.commit);
  const files = await diffFiles({ store, from: first.commit, to: second.commit });
  expect(files.map(({ path, oldPath, status, binary }) => ({ path, oldPath, status, binary }))).toEqual([
    { path: 'bytes', oldPath: undefined, status: 'modified', binary: true },
    { path: 'kind', oldPath: undefined, status: 'type', binary: false },
    { path: 'new.txt', oldPath: 'old.txt', status: 'renamed', binary: false },
    { path: 'text', oldPath: undefined, status: 'modified', binary: false },
  ]);
  expect(files[1]?.hunks.flatMap(({ lines }) => lines)).toEqual([
    { kind: 'delete', text: 'x' },
    { kind: 'add', text: 'x', noNewline: true },
  ]);
  expect(files[3]?.hunks.flatMap(({ lines }) => lines).slice(-2)).toEqual([
    { kind: 'delete', text: 'end', noNewline: true },
    { kind: 'add', text: 'end' },
  ]);
});
