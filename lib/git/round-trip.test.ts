import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { commitChanges } from './commit/commit-changes.ts';
import { createStore } from './store/create-store.ts';
import { checkOutTree } from './tree/check-out-tree.ts';
import { restoreTree } from './tree/restore-tree.ts';
import { scanTree } from './tree/scan-tree.ts';
import type { TreeMarker } from './tree/tree-marker.ts';
import { readMarker, writeMarker } from './tree/tree-marker.ts';

const folder = await mkdtemp(join(tmpdir(), 'choir-git-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const name = fc.constantFrom('a', 'b', 'c', 'd e', 'é\n"\\', '\u202Ertl', 'x'.repeat(200));
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
const mode = fc.constantFrom(0o644, 0o755, 0o600, 0o664, 0o700);
const edit = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), path, content: fc.uint8Array({ maxLength: 40 }), mode }),
  fc.record({ kind: fc.constant('link' as const), path, target: fc.constantFrom('a', '../../etc/passwd', '/dev/zero', 'b/c') }),
  fc.record({ kind: fc.constant('folder' as const), path, mode: fc.constantFrom(0o755, 0o700, 0o711) }),
  fc.record({ kind: fc.constant('delete' as const), path }),
  fc.record({ kind: fc.constant('move' as const), path, to: path }),
);
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

async function isThrough(tree: string, target: string): Promise<boolean> {
  for (let parent = dirname(target); parent !== tree; parent = dirname(parent)) {
    const stats = await lstat(parent).catch(() => null);
    if (stats?.isSymbolicLink()) return true;
  }
  return false;
}

async function apply(tree: string, change: Edit): Promise<void> {
  const target = join(tree, change.path);
  if (await isThrough(tree, target)) return;
  if (change.kind === 'move') {
    const to = join(tree, change.to);
    if (to.startsWith(`${target}/`) || (await isThrough(tree, to)) || to === target) return;
    await makeParent(tree, to);
    if (!(await lstat(target).catch(() => null))) return;
    await rm(to, { recursive: true, force: true });
    if (await lstat(target).catch(() => null)) await rename(target, to);
    return;
  }
  if (change.kind === 'delete') return (await lstat(target).catch(() => null)) ? rm(target, { recursive: true }) : undefined;
  await makeParent(tree, target);
  if (change.kind === 'folder') {
    if (!(await lstat(target).catch(() => null))?.isDirectory()) await rm(target, { force: true });
    await mkdir(target, { recursive: true });
    return chmod(target, change.mode);
  }
  await rm(target, { recursive: true, force: true });
  if (change.kind === 'link') return symlink(change.target, target);
  await writeFile(target, change.content);
  await chmod(target, change.mode);
}

async function makeParent(tree: string, target: string): Promise<void> {
  for (let parent = dirname(target); parent !== tree; parent = dirname(parent)) {
    const stats = await lstat(parent).catch(() => null);
    if (stats && !stats.isDirectory()) await rm(parent);
  }
  await mkdir(dirname(target), { recursive: true });
}

/** Every path with its kind, permission bits and content. */
async function picture(tree: string, at = ''): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(join(tree, at))) {
    const inner = at === '' ? entry : `${at}/${entry}`;
    const stats = await lstat(join(tree, inner));
    const bits = (stats.mode & 0o777).toString(8);
    if (stats.isDirectory()) Object.assign(found, { [inner]: `folder ${bits}` }, await picture(tree, inner));
    else if (stats.isSymbolicLink()) found[inner] = `link ${await readlink(join(tree, inner))}`;
    else found[inner] = `file ${bits} ${await readFile(join(tree, inner), 'hex')}`;
  }
  return found;
}

test('any edits by hand become checkpoints, and every restore between them gives the same tree byte for byte', async () => {
  const author = { name: 'P', email: 'p@choir.invalid' };
  let count = 0;
  const rounds = fc.array(fc.array(edit, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(rounds, fc.infiniteStream(fc.nat()), async (sequence, choices) => {
      count += 1;
      const root = join(folder, String(count));
      const store = join(root, 'store.git');
      const tree = join(root, 'tree');
      await createStore(store);
      const base = await commitChanges({
        store,
        parentCommit: null,
        changes: [],
        message: 'base',
        author,
        at: new Date(),
        leftOutBefore: [],
      });
      await checkOutTree({ store, commit: base.commit, tree });
      let commit = base.commit;
      let marker: TreeMarker | null = null;
      const points = [{ commit, seen: await picture(tree) }];
      for (const edits of sequence) {
        for (const change of edits) await apply(tree, change);
        const scannedAtMs = Date.now();
        const changes = await scanTree({ store, commit, tree, marker, leftOut: [] });
        const next = await commitChanges({
          store,
          parentCommit: commit,
          changes,
          message: 'by hand',
          author,
          at: new Date(),
          leftOutBefore: [],
        });
        commit = next.commit;
        await writeMarker(join(root, 'tree.json'), { commit, scannedAtMs });
        marker = await readMarker(join(root, 'tree.json'));
        points.push({ commit, seen: await picture(tree) });
        expect(await scanTree({ store, commit, tree, marker: null, leftOut: [] })).toEqual([]);
      }
      for (let step = 0; step < 4; step += 1) {
        const target = points[(choices.next().value ?? 0) % points.length]!;
        await restoreTree({ store, tree, from: commit, to: target.commit, leftOut: [] });
        commit = target.commit;
        expect(await picture(tree)).toEqual(target.seen);
        expect(await scanTree({ store, commit, tree, marker: null, leftOut: [] })).toEqual([]);
      }
      const fresh = join(root, 'fresh');
      await checkOutTree({ store, commit, tree: fresh });
      expect(await picture(fresh)).toEqual(await picture(tree));
      await rm(root, { recursive: true, force: true });
    }),
    { numRuns: 25 },
  );
}, 120_000);
