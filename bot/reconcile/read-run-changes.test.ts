import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { emptyChangeSummary } from '#lib/core/change.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { commitContents } from '#lib/git/commit/commit-contents.ts';
import { createStore } from '#lib/git/store/create-store.ts';
import { choirHome } from '#lib/home.ts';
import { readRunChanges } from './read-run-changes.ts';

const folder = await mkdtemp(join(tmpdir(), 'choir-run-changes-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const home = choirHome(folder);
const store = home.store('pr_1');
await createStore(store);
const services = { home, log: (line: string) => expect.fail(line) };

async function write(parentCommit: string | null, files: Record<string, string>): Promise<string> {
  const contents = Object.entries(files).map(([path, text]) => ({ path, kind: 'file' as const, mode: 0o644, bytes: Buffer.from(text) }));
  const commit = { store, parentCommit, message: 'm', author: { name: 'T', email: 't@t.invalid' }, at: new Date(0), leftOutBefore: [] };
  return (await commitContents({ ...commit, contents, staging: join(folder, crypto.randomUUID()) })).commit;
}

const base = await write(null, { 'a.txt': 'one\n', 'b.txt': 'one\n' });
const first = await write(base, { 'a.txt': 'two\n', 'b.txt': 'two\n' });
const last = await write(first, { 'a.txt': 'one\n', 'b.txt': 'three\n' });

function ended(...commits: [commit: string, parentCommit: string][]) {
  const checkpoints = commits.map(([commit, parentCommit]) => ({ runId: 'ru_1', commit, parentCommit, changes: emptyChangeSummary }));
  return { run: { runId: 'ru_1', status: 'completed' }, checkpoints, projectId: 'pr_1' } as unknown as ThreadState;
}

test('a file that ended as it began is no change of the run, and one that changed twice is counted once', async () => {
  const changes = await readRunChanges(services, ended([first, base], [last, first]));
  expect(changes).toMatchObject({ fileCount: 1, additions: 1, deletions: 1, files: [{ path: 'b.txt', additions: 1, deletions: 1 }] });
});

test('one checkpoint speaks for itself, and another person’s in between is not counted for the run', async () => {
  expect(await readRunChanges(services, ended([first, base]))).toBeUndefined();
  expect(await readRunChanges(services, ended([first, base], [last, base]))).toBeUndefined();
});
