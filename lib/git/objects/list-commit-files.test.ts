import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { commitContents } from '../commit/commit-contents.ts';
import { createStore } from '../store/create-store.ts';
import { listFolderAt } from './list-commit-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'choir-list-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a folder lists its folders first, then its files, and what is numbered by its numbers', async () => {
  const store = join(folder, 'store.git');
  await createStore(store);
  const contents = ['part-10.ts', 'part-2.ts', 'tests/a.ts', 'part-1.ts'].map((path) => {
    return { path, bytes: Buffer.from(path), kind: 'file' as const, mode: 0o644 };
  });
  const author = { name: 'Test', email: 'test@choir.invalid' };
  const staging = join(folder, 'staging');
  const { commit } = await commitContents({
    store,
    parentCommit: null,
    message: 'm',
    author,
    at: new Date(0),
    leftOutBefore: [],
    contents,
    staging,
  });
  const entries = await listFolderAt({ store, commit, path: '' });
  expect(entries?.map(({ name }) => name)).toEqual(['tests', 'part-1.ts', 'part-2.ts', 'part-10.ts']);
  expect(await listFolderAt({ store, commit, path: 'none' })).toBeNull();
});
