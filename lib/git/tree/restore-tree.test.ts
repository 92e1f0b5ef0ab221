import { execFile } from 'node:child_process';
import { chmod, link, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { LeftOut } from '#lib/core/change.ts';
import { commitChanges } from '../commit/commit-changes.ts';
import { readFileAt } from '../objects/read-commit-file.ts';
import { createStore } from '../store/create-store.ts';
import { readRef } from '../store/refs.ts';
import { runGit } from '../store/run-git.ts';
import { checkOutTree } from './check-out-tree.ts';
import { listNewTree } from './list-new-tree.ts';
import { restoreTree } from './restore-tree.ts';
import { scanTree } from './scan-tree.ts';

const root = await mkdtemp(join(tmpdir(), 'choir-restore-'));
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

async function write(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(join(tree, path)), { recursive: true });
  await writeFile(join(tree, path), content);
}

async function commit(parentCommit: string | null = null, leftOutBefore: LeftOut[] = []) {
  const scan = { store, commit: parentCommit ?? '', tree, marker: null, leftOut: leftOutBefore };
  const changes = parentCommit === null ? await listNewTree(tree) : await scanTree(scan);
  const author = { name: 'P', email: 'p@choir.invalid' };
  return commitChanges({ store, parentCommit, changes, message: 'm', author, at: new Date(), leftOutBefore });
}

const restore = (from: string, to: string, leftOut: LeftOut[] = [], recovering = false) =>
  restoreTree({ store, tree, from, to, leftOut, recovering });
const modeOf = async (path: string) => ((await lstat(join(tree, path))).mode & 0o7777).toString(8);
const text = (path: string) => readFile(join(tree, path), 'utf8');
const textAt = async (id: string, path: string) =>
  Buffer.from((await readFileAt({ store, commit: id, path }))?.bytes ?? 'nothing').toString();

test('nothing is touched any more once the right to the tree is lost', async () => {
  await write('a', 'one');
  const first = await commit();
  await write('a', 'two');
  await write('b', 'two');
  const second = await commit(first.commit);
  const lost = restoreTree({ store, tree, from: second.commit, to: first.commit, leftOut: [], signal: AbortSignal.abort() });
  await expect(lost).rejects.toThrow('abort');
  expect([await text('a'), (await readdir(tree)).sort()]).toEqual(['two', ['a', 'b']]);
});

test('the mode of one name comes back without changing another name of the same file', async () => {
  await write('a', 'same');
  await write('b', 'same');
  await chmod(join(tree, 'b'), 0o755);
  const apart = await commit();
  await rm(join(tree, 'b'));
  await link(join(tree, 'a'), join(tree, 'b'));
  const linked = await commit(apart.commit);
  await chmod(join(tree, 'a'), 0o600);
  const locked = await commit(linked.commit);
  await restore(locked.commit, linked.commit);
  await restore(linked.commit, apart.commit);
  expect([await modeOf('a'), await modeOf('b')]).toEqual(['644', '755']);
  await rm(join(tree, 'b'));
  await link(join(tree, 'a'), join(tree, 'b'));
  await chmod(join(tree, 'a'), 0o600);
  await restore(locked.commit, linked.commit);
  expect(await scanTree({ store, commit: linked.commit, tree, marker: null, leftOut: [] })).toEqual([]);
});

test('the sticky bit comes back', async () => {
  await mkdir(join(tree, 'shared'));
  await chmod(join(tree, 'shared'), 0o1777);
  const first = await commit();
  await rm(join(tree, 'shared'), { recursive: true });
  const second = await commit(first.commit);
  await restore(second.commit, first.commit);
  expect(await modeOf('shared')).toBe('1777');
});

test('a file that grew over the cap stays when a tree that has it already is brought to its checkpoint', async () => {
  await write('big', 'small');
  await write('dist/index.js', 'old');
  const small = await commit();
  await write('big', Buffer.alloc(257 * 1024 ** 2));
  await write('dist/index.js', 'new');
  await write('dist/bundle', Buffer.alloc(21 * 1024 ** 2));
  const large = await commit(small.commit);
  expect(large.summary.leftOut.map(({ path }) => path)).toEqual(['big', 'dist']);
  await restore(small.commit, large.commit, large.summary.leftOut);
  expect((await lstat(join(tree, 'big'))).size).toBe(257 * 1024 ** 2);
  expect(await text('dist/index.js')).toBe('new');
});

test('what made way for a file of a checkpoint is left out no more, so the next restore moves nothing aside', async () => {
  await write('pipe', 'one');
  const one = await commit();
  await write('pipe', 'two');
  const two = await commit(one.commit);
  await rm(join(tree, 'pipe'));
  await promisify(execFile)('mkfifo', [join(tree, 'pipe')]);
  const three = await commit(two.commit);
  const { leftOut } = await restore(three.commit, two.commit, three.summary.leftOut);
  expect(leftOut).toEqual([]);
  await restore(two.commit, one.commit, leftOut);
  expect((await readdir(tree)).sort()).toEqual(['pipe', 'pipe.kept']);
  await restore(one.commit, three.commit, leftOut);
  expect(await readdir(tree)).toEqual(['pipe.kept']);
});

test('a name of full length can make way too', async () => {
  const name = `${'n'.repeat(250)}é\u{1F600}`.slice(0, 252);
  await write(name, 'one');
  const one = await commit();
  await rm(join(tree, name));
  await promisify(execFile)('mkfifo', [join(tree, name)]);
  const two = await commit(one.commit);
  await restore(two.commit, one.commit, two.summary.leftOut);
  expect(await text(name)).toBe('one');
  expect((await readdir(tree)).length).toBe(2);
});

test('files of a checkpoint inside a folder that is left out are still compared and held', async () => {
  await write('dist/index.js', 'one');
  await write('dist/gone.js', 'one');
  const one = await commit();
  await write('dist/bundle', Buffer.alloc(21 * 1024 ** 2));
  const two = await commit(one.commit);
  const { leftOut } = await restore(two.commit, one.commit, two.summary.leftOut);
  expect(leftOut).toMatchObject([{ path: 'dist' }]);
  await write('dist/index.js', 'by hand');
  await rm(join(tree, 'dist/gone.js'));
  const three = await commit(one.commit, leftOut);
  expect(three.summary.files.map(({ path, status }) => `${status} ${path}`)).toEqual(['deleted dist/gone.js', 'modified dist/index.js']);
  expect(await textAt(three.commit, 'dist/index.js')).toBe('by hand');
  expect(three.summary.leftOut).toMatchObject([{ path: 'dist' }]);
});

test('after a crash, what neither checkpoint knows is set aside and not lost', async () => {
  for (const path of ['replaced', 'removed', 'folder/moved-on']) await write(path, 'one');
  const one = await commit();
  await write('replaced', 'two');
  await write('folder/moved-on', 'two');
  await write('added', 'two');
  await rm(join(tree, 'removed'));
  const two = await commit(one.commit);
  await restore(two.commit, one.commit);
  for (const path of ['replaced', 'removed', 'added']) await write(path, 'by hand');
  await write('folder/moved-on', 'two');
  await restore(one.commit, two.commit, [], true);
  const found = (await readdir(tree, { recursive: true })).sort();
  expect(found).toEqual(['added', 'added.kept', 'folder', 'folder/moved-on', 'removed', 'replaced', 'replaced.kept']);
  for (const path of ['added.kept', 'removed', 'replaced.kept']) expect(await text(path)).toBe('by hand');
  for (const path of ['added', 'replaced', 'folder/moved-on']) expect(await text(path)).toBe('two');
});

test.skipIf(process.getuid?.() === 0)('a folder that nobody may enter is left out and stops nothing else', async () => {
  await write('locked/file', 'one');
  await write('a', 'one');
  const one = await commit();
  await write('locked/new', 'new');
  await write('a', 'two');
  await chmod(join(tree, 'locked'), 0);
  const two = await commit(one.commit);
  expect(two.summary.leftOut).toMatchObject([{ path: 'locked', reason: 'unstorable' }]);
  await restore(two.commit, one.commit, two.summary.leftOut);
  expect([await text('a'), await text('locked/file'), await text('locked/new')]).toEqual(['one', 'one', 'new']);
});

test('a project with names that are no UTF-8 opens, and its checkpoints go on holding them', async () => {
  const script =
    'commit refs/heads/x\ncommitter P <p@choir.invalid> 1 +0000\ndata 1\nm\nM 100644 inline "folder\\376/file"\ndata 1\na\nM 100644 inline a\ndata 3\none\n';
  await runGit({ store, args: ['fast-import', '--quiet'], input: script });
  const imported = (await readRef({ store, ref: 'refs/heads/x' })) ?? '';
  await rm(tree, { recursive: true });
  await checkOutTree({ store, commit: imported, tree });
  await write('a', 'two');
  const two = await commit(imported);
  expect(two.summary.files.map(({ path }) => path)).toEqual(['a']);
  const held = await runGit({ store, args: ['ls-tree', '-r', '--name-only', '-z', two.commit] });
  expect(held.includes(Buffer.from('folder\xfe/file', 'latin1'))).toBe(true);
  await restore(two.commit, imported, two.summary.leftOut);
  expect(await text('a')).toBe('one');
});

test('a path longer than the system takes is named by its first part that is, and stops nothing else', async () => {
  await write('a', 'one');
  const one = await commit();
  const name = 'd'.repeat(200);
  for (let at = 0; at < 30; at += 1) {
    const deeper = join(root, String(count), 'deeper');
    await mkdir(deeper);
    const [below] = await readdir(tree).then((names) => names.filter((entry) => entry === name));
    if (below) await rename(join(tree, name), join(deeper, name));
    await rename(deeper, join(tree, name));
  }
  await write('a', 'two');
  const two = await commit(one.commit);
  expect(await textAt(two.commit, 'a')).toBe('two');
  expect(two.summary.leftOut).toMatchObject([{ reason: 'unstorable' }]);
  await restore(two.commit, one.commit, two.summary.leftOut);
  expect(await text('a')).toBe('one');
  await promisify(execFile)('rm', ['-rf', join(tree, name)]);
  expect((await commit(one.commit, two.summary.leftOut)).summary.leftOut).toEqual([]);
});
