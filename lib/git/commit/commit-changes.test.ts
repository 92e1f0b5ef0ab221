import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { listFilesAt } from '../objects/list-commit-files.ts';
import { openCommitImporter } from '../store/commit-importer.ts';
import { createStore } from '../store/create-store.ts';
import { commitChanges } from './commit-changes.ts';
import type { TreeChange } from './tree-change.ts';

const folder = await mkdtemp(join(tmpdir(), 'choir-commit-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

test('an overlay that stays open is committed again and again, and what it takes back vanishes from the next commit', async () => {
  const store = join(folder, 'store.git');
  await createStore(store);
  const file = async (path: string): Promise<TreeChange> => {
    await writeFile(join(folder, path), path);
    return { path, kind: 'file', source: join(folder, path) };
  };
  const common = { store, message: 'Change', author: { name: 'Test', email: 'test@choir.invalid' }, at: new Date(0), leftOutBefore: [] };
  const base = await commitChanges({ ...common, parentCommit: null, changes: [await file('kept')] });
  const onBase = { ...common, baseCommit: base.commit };
  const first = await commitChanges({ ...onBase, parentCommit: base.commit, changes: [await file('a'), await file('gone')] });
  const second = await commitChanges({ ...onBase, parentCommit: first.commit, changes: [await file('a'), await file('b')] });
  expect((await listFilesAt({ store, commit: second.commit, limit: 10 })).files).toEqual(['a', 'b', 'kept']);
  expect(second.summary.files.map(({ path, status }) => `${status} ${path}`)).toEqual(['added b', 'deleted gone']);
  const same = await commitChanges({ ...onBase, parentCommit: second.commit, changes: [await file('a'), await file('b')] });
  expect(same).toMatchObject({ changed: false, commit: second.commit });
});

test('nothing more is read once it is to stop, however many files are left', async () => {
  const store = join(folder, 'stopped.git');
  await createStore(store);
  const stop = new AbortController();
  await using importer = openCommitImporter(store, stop.signal);
  importer.begin({ message: 'draft', author: { name: 'Test', email: 'test@choir.invalid' }, at: new Date(0), parent: null });
  await importer.putBytes('a', '100644', Buffer.from('a'));
  stop.abort(new Error('stopped'));
  await expect(importer.putBytes('b', '100644', Buffer.from('b'))).rejects.toThrow('stopped');
  await expect(importer.finish()).rejects.toThrow();
});
