import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findDisplaced } from '../diff/find-displaced.ts';
import { hunkPlaces } from '../diff/hunk-places.ts';
import { listChanges } from '../diff/list-changes.ts';
import { readFileAt } from '../objects/read-commit-file.ts';
import { createStore } from '../store/create-store.ts';
import { commitContents } from './commit-contents.ts';
import { commitPart } from './commit-part.ts';

const folder = await mkdtemp(join(tmpdir(), 'choir-part-'));
const store = join(folder, 'store.git');
await createStore(store);
afterAll(() => rm(folder, { recursive: true, force: true }));

const author = { name: 'T', email: 't@t.invalid' };

async function write(parentCommit: string | null, files: Record<string, string | null>, mode = 0o644): Promise<string> {
  const contents = Object.entries(files).map(([path, text]) => ({
    ...{ path, kind: 'file' as const, mode },
    bytes: text === null ? null : Buffer.from(text, 'latin1'),
  }));
  const base = { store, parentCommit, message: 'm', author, at: new Date(0), leftOutBefore: [] };
  return (await commitContents({ ...base, contents, staging: join(folder, crypto.randomUUID()) })).commit;
}

async function keep(
  parentCommit: string,
  commit: string,
  path: string,
  dropped: number[],
  names: { oldPath?: string; paths?: string[] } = {},
) {
  const hunks = await hunkPlaces({ store, from: parentCommit, to: commit, paths: [path, names.oldPath ?? path], contextLines: 3 });
  const dropHunks = hunks.filter((_, index) => dropped.includes(index)).map((hunk) => ({ path, hunk }));
  const { paths } = names;
  const part = await commitPart({ store, parentCommit, commit, paths, dropHunks, message: 'part', author, at: new Date(0) });
  const textAt = async (name: string) => (await readFileAt({ store, commit: part.commit, path: name }))?.bytes.toString('latin1') ?? null;
  return { ...part, hunkCount: hunks.length, textAt };
}

const lines = (changed: Record<number, string> = {}, end = '\n', last = end) =>
  Array.from({ length: 40 }, (_, index) => `${changed[index + 1] ?? `line ${index + 1}`}${index === 39 ? last : end}`).join('');

describe('a commit without some hunks of a file', () => {
  it.each([
    ['lines that end in LF', '\n', '\n'],
    ['lines that end in CRLF', '\r\n', '\r\n'],
    ['no line break at the end', '\n', ''],
    ['bytes that are no UTF-8', '\xff\n', '\xfe'],
  ])('has the others byte for byte: %s', async (_, end, last) => {
    const from = await write(null, { f: lines({}, end), same: 'same' });
    const to = await write(from, { f: lines({ 3: 'THREE', 20: 'TWENTY', 40: 'FORTY' }, end, last), other: 'new\n' });
    const middle = await keep(from, to, 'f', [1]);
    expect(middle.hunkCount).toBe(3);
    expect(await middle.textAt('f')).toBe(lines({ 3: 'THREE', 40: 'FORTY' }, end, last));
    expect(await middle.textAt('other')).toBe('new\n');
    expect(middle.summary).toMatchObject({ fileCount: 2, additions: 3, deletions: 2 });
    const first = await keep(from, to, 'f', [1, 2], { paths: ['f'] });
    expect(await first.textAt('f')).toBe(lines({ 3: 'THREE' }, end));
    expect(await first.textAt('other')).toBeNull();
    expect(first.summary.files.map(({ path }) => path)).toEqual(['f']);
  });

  it('leaves out a hunk of any length', async () => {
    const from = await write(null, { f: `${lines()}${'old\n'.repeat(200_000)}` });
    const to = await write(from, { f: `${lines({ 3: 'THREE' })}${'new\n'.repeat(200_000)}` });
    expect(await (await keep(from, to, 'f', [1])).textAt('f')).toBe(`${lines({ 3: 'THREE' })}${'old\n'.repeat(200_000)}`);
  });

  it('keeps the new name and mode of the file', async () => {
    const from = await write(null, { old: lines() });
    const to = await write(from, { old: null, '-n\n"ew': lines({ 3: 'THREE', 20: 'TWENTY' }) }, 0o755);
    const part = await keep(from, to, '-n\n"ew', [0], { oldPath: 'old' });
    expect(await part.textAt('old')).toBeNull();
    expect(await part.textAt('-n\n"ew')).toBe(lines({ 20: 'TWENTY' }));
    expect(part.summary.files).toMatchObject([{ status: 'renamed', oldPath: 'old', additions: 1 }]);
    expect((await readFileAt({ store, commit: part.commit, path: '-n\n"ew' }))?.mode).toBe(0o100755);
  });
});

describe('what takes the place of a file', () => {
  it('is not kept without the change that takes that file away', async () => {
    const from = await write(null, { a: 'a\n', 'd/x': 'x\n', 'd/y': 'y\n', m: lines(), z: 'z\n' });
    const files = { a: null, 'a/b': 'b\n', 'd/x': null, 'd/y': null, d: 'd\n', m: null, moved: lines(), 'm/in': 'in\n', z: 'Z\n' };
    const changes = await listChanges({ store, from, to: await write(from, files) });
    const displaced = (...kept: string[]) => findDisplaced(changes, new Set(kept));
    expect(displaced('a/b', 'z')).toEqual({ path: 'a', by: 'a/b' });
    expect(displaced('d', 'd/x')).toEqual({ path: 'd/y', by: 'd' });
    expect(displaced('m/in')).toEqual({ path: 'm', by: 'm/in' });
    for (const kept of [['a'], ['a', 'a/b'], ['d/x'], ['d', 'd/x', 'd/y'], ['moved'], ['m/in', 'moved'], ['z']])
      expect([kept, displaced(...kept)]).toEqual([kept, null]);
  });
});
