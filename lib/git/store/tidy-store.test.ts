import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commitChanges } from '../commit/commit-changes.ts';
import { createStore } from './create-store.ts';
import { setRefs } from './refs.ts';
import { runGit } from './run-git.ts';
import { tidyStore } from './tidy-store.ts';

const root = await mkdtemp(join(tmpdir(), 'choir-tidy-'));
const store = join(root, 'store.git');
const goOn = new AbortController().signal;
const loose = 0;
const longAgo = new Date(Date.now() - 30 * 86_400_000);
let commit = '';

beforeAll(async () => {
  await createStore(store);
  const changes = await Promise.all(
    Array.from({ length: 900 }, async (_, index) => {
      const source = join(root, `${index}.txt`);
      await writeFile(source, `file ${index}\n`);
      return { kind: 'file' as const, path: `${index}.txt`, source, mode: 0o644 };
    }),
  );
  const author = { name: 'P', email: 'p@choir.invalid' };
  ({ commit } = await commitChanges({ store, parentCommit: null, changes, message: 'm', author, at: new Date(), leftOutBefore: [] }));
  await setRefs({ store, refs: { 'refs/choir/th_1/0': commit } });
  // Loose, as many small checkpoints leave them.
  const packs = join(store, 'objects', 'pack');
  for (const name of await readdir(packs)) await rename(join(packs, name), join(root, name));
  const pack = (await readdir(root)).find((name) => name.endsWith('.pack')) ?? '';
  await promisify(execFile)('sh', ['-c', `git --git-dir="$1" unpack-objects -q < "$2"`, 'sh', store, join(root, pack)]);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const put = async (text: string) => (await runGit({ store, args: ['hash-object', '-w', '--stdin'], input: text })).toString().trim();
const fileOf = (oid: string) => join(store, 'objects', oid.slice(0, 2), oid.slice(2));
const holds = (oid: string) =>
  runGit({ store, args: ['cat-file', '-e', oid] }).then(
    () => true,
    () => false,
  );
/** An object in the one of the 256 folders that tidyStore looks into. */
async function fillSample() {
  for (let index = 0; ; index += 1) {
    const text = `filler ${index}`;
    const oid = createHash('sha1').update(`blob ${text.length}\0${text}`).digest('hex');
    if (oid.startsWith('17')) return put(text);
  }
}
const countLoose = async () => Number(/^count: (\d+)/m.exec((await runGit({ store, args: ['count-objects', '-v'] })).toString())?.[1]);
const check = () => runGit({ store, args: ['fsck', '--full', '--strict'] });

it('survives being killed at any moment', async () => {
  await fillSample();
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await tidyStore({ store, signal: AbortSignal.timeout(1 + Math.floor(Math.random() * 250)), loose }).catch(() => {});
    await check();
    expect((await runGit({ store, args: ['ls-tree', '--name-only', commit] })).toString().trim().split('\n')).toHaveLength(900);
  }
});

it('packs what lies loose, forgets what nothing reached for weeks, and keeps what is new', async () => {
  await fillSample();
  const [old, fresh] = [await put('nothing names it'), await put('a commit in the making')];
  const locks = ['packed-refs.lock', 'refs/choir/th_1/0.lock'].map((name) => join(store, name));
  await mkdir(dirname(locks[1] ?? ''), { recursive: true });
  for (const lock of locks) await writeFile(lock, '');
  for (const left of [fileOf(old), ...locks]) await utimes(left, longAgo, longAgo);
  await tidyStore({ store, signal: goOn, loose });
  expect([await holds(commit), await holds(fresh), await holds(old)]).toEqual([true, true, false]);
  await setRefs({ store, refs: { 'refs/choir/th_1/0': commit, 'refs/choir/th_1/1': commit } });
  await check();
});

it('makes many packs one, and lets what no ref reaches any more lie loose until the next time', async () => {
  const author = { name: 'P', email: 'p@choir.invalid' };
  const source = join(root, '1.txt');
  const change = { kind: 'file' as const, path: 'new.txt', source, mode: 0o644 };
  await writeFile(source, 'shown, and let go of\n');
  const head = { message: 'm', author, at: longAgo, leftOutBefore: [] };
  const { commit: shown } = await commitChanges({ store, parentCommit: commit, changes: [change], ...head });
  await setRefs({ store, refs: { 'refs/choir/th_1/proposed/ap_1': shown } });
  await tidyStore({ store, signal: goOn, loose: 0, packs: 0 });
  expect(existsSync(fileOf(shown))).toBe(false);
  await setRefs({ store, refs: { 'refs/choir/th_1/proposed/ap_1': null } });
  await tidyStore({ store, signal: goOn, loose: 0, packs: 0 });
  expect(existsSync(fileOf(shown))).toBe(true);
  await utimes(fileOf(shown), longAgo, longAgo);
  await tidyStore({ store, signal: goOn, loose: 0, packs: 0 });
  expect([await holds(shown), await holds(commit)]).toEqual([false, true]);
  await check();
});

it('leaves a store alone that holds little', async () => {
  const before = await countLoose();
  await tidyStore({ store, signal: goOn });
  expect(await countLoose()).toBe(before);
});
