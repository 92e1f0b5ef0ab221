import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { commitContents } from '../commit/commit-contents.ts';
import { haveSameFiles } from '../objects/read-commit.ts';
import { readFileAt } from '../objects/read-commit-file.ts';
import { createStore } from '../store/create-store.ts';
import { hunkPlaces } from './hunk-places.ts';
import { type PathContent, takeBackPart } from './take-back-part.ts';

const folder = await mkdtemp(join(tmpdir(), 'choir-part-'));
const store = join(folder, 'store.git');
await createStore(store);
afterAll(() => rm(folder, { recursive: true, force: true }));

type Entry = string | { text: string; kind?: 'symlink'; mode?: number } | null;

async function commit(parentCommit: string | null, contents: PathContent[]): Promise<string> {
  const author = { name: 'T', email: 't@t.invalid' };
  const staging = join(folder, crypto.randomUUID());
  const base = { store, parentCommit, message: 'm', author, at: new Date(0), leftOutBefore: [] };
  return (await commitContents({ ...base, contents, staging })).commit;
}

function write(parent: string | null, files: Record<string, Entry>): Promise<string> {
  const contents = Object.entries(files).map(([path, entry]): PathContent => {
    if (entry === null) return { path, bytes: null, kind: 'file', mode: 0 };
    const { text, kind = 'file', mode = 0o644 } = typeof entry === 'string' ? { text: entry } : entry;
    return { path, bytes: Buffer.from(text, 'latin1'), kind, mode };
  });
  return commit(parent, contents);
}

async function takeBack(input: {
  from: string;
  to: string;
  now?: string;
  path: string;
  hunk?: Parameters<typeof takeBackPart>[0]['hunk'];
}) {
  const now = input.now ?? input.to;
  const part = await takeBackPart({ store, ...input, now });
  return part.ok ? commit(now, part.contents) : part.reason;
}

const textAt = async (at: string, path: string) => (await readFileAt({ store, commit: at, path }))?.bytes.toString('latin1');
const numbered = (count: number, change: (line: number) => string | null = () => null) =>
  Array.from({ length: count }, (_, index) => `${change(index + 1) ?? `line ${index + 1}`}\n`).join('');

describe('taking a change back', () => {
  it('hunk by hunk comes to the bytes of before, whatever they are', async () => {
    const line = fc.constantFrom('a\n', 'b\n', '}\n', '\n', '\r\n', 'ÿ\r\n', '@@ -1 +1 @@\n', 'x\u0085y\n', '\\ No newline\n');
    const lines = fc.array(line, { minLength: 1, maxLength: 40 });
    const edits = fc.array(fc.record({ at: fc.nat(40), drop: fc.nat(4), put: fc.array(line, { maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 4,
    });
    const endings = fc.tuple(fc.boolean(), fc.boolean());
    await fc.assert(
      fc.asyncProperty(lines, edits, endings, async (before, changes, [cutOld, cutNew]) => {
        const after = [...before];
        for (const { at, drop, put } of changes) after.splice(at, drop, ...put);
        const oldText = before.join('').slice(0, cutOld ? -1 : undefined);
        const newText = after.join('').slice(0, cutNew ? -1 : undefined);
        const from = await write(null, { f: oldText });
        let now = await write(from, { f: newText });
        for (let round = 0; round < 50; round += 1) {
          const [hunk] = await hunkPlaces({ store, from, to: now, paths: ['f'], contextLines: 3 });
          if (!hunk) break;
          const next = await takeBack({ from, to: now, path: 'f', hunk });
          expect(next).toMatch(/^[0-9a-f]{40}$/);
          now = next;
        }
        expect(await textAt(now, 'f')).toBe(oldText);
      }),
      { numRuns: 12 },
    );
  });

  it('finds its hunk where later lines have moved it, and leaves those lines', async () => {
    const from = await write(null, { f: numbered(40) });
    const to = await write(from, { f: numbered(40, (line) => (line === 10 ? 'ten' : line === 30 ? 'thirty' : null)) });
    const now = await write(to, { f: `first\n${await textAt(to, 'f')}` });
    const [, hunk] = await hunkPlaces({ store, from, to, paths: ['f'], contextLines: 3 });
    const done = await takeBack({ from, to, now, path: 'f', hunk });
    expect(await textAt(done, 'f')).toBe(`first\n${numbered(40, (line) => (line === 10 ? 'ten' : null))}`);
    const whole = await takeBack({ from, to, now, path: 'f' });
    expect(await textAt(whole, 'f')).toBe(`first\n${numbered(40)}`);
  });

  it('refuses where the lines have changed since, and where there is no such hunk', async () => {
    const from = await write(null, { f: numbered(20) });
    const to = await write(from, { f: numbered(20, (line) => (line === 10 ? 'ten' : null)) });
    const now = await write(to, { f: numbered(20, (line) => (line === 10 ? 'TEN' : null)) });
    const [hunk] = await hunkPlaces({ store, from, to, paths: ['f'], contextLines: 3 });
    expect(await takeBack({ from, to, now, path: 'f', hunk })).toBe('moved');
    expect(await takeBack({ from, to, now, path: 'f' })).toBe('moved');
    expect(await takeBack({ from, to, path: 'f', hunk: { oldStart: 1, oldLines: 1, newStart: 1, newLines: 1 } })).toBe('unknown');
    expect(await takeBack({ from, to, path: 'other' })).toBe('unknown');
  });

  it.each<[string, Record<string, Entry>, Record<string, Entry>]>([
    ['a new file, with the folders that came with it', { a: '1' }, { 'new/deep/b': '2' }],
    ['a deleted file', { a: '1', 'x/b': '2' }, { 'x/b': null }],
    ['bytes that are no text', { a: '\0\x01' }, { a: '\0\x02' }],
    ['a mode', { a: 'run' }, { a: { text: 'run', mode: 0o755 } }],
    ['a link', { a: { text: 'b', kind: 'symlink' } }, { a: { text: 'c', kind: 'symlink' } }],
    ['a file that became a link', { a: 'text\n' }, { a: { text: 'c', kind: 'symlink' } }],
  ])('of a whole file: %s', async (_, before, after) => {
    const from = await write(null, before);
    const to = await write(from, after);
    const done = await takeBack({ from, to, path: Object.keys(after)[0] ?? '' });
    expect(await haveSameFiles(store, done, from)).toBe(true);
  });

  it('of a renamed file gives it its old name, unless that is taken', async () => {
    const from = await write(null, { old: numbered(20) });
    const to = await write(from, { old: null, new: numbered(20, (line) => (line === 3 ? 'three' : null)) });
    expect(await haveSameFiles(store, await takeBack({ from, to, path: 'new' }), from)).toBe(true);
    const now = await write(to, { old: 'another' });
    expect(await takeBack({ from, to, now, path: 'new' })).toBe('moved');
  });
});
