import { expect, test } from 'vitest';
import { TreeTrailer } from '../objects/tree-trailer.ts';
import type { CommitChange } from './list-changes.ts';
import { summarizeChanges } from './summarize-changes.ts';

const empty = (...folders: string[]) => TreeTrailer.parse({ empty: folders });

function file(status: CommitChange['status'], path: string, oldPath?: string): CommitChange {
  return { status, path, oldPath, additions: 1, deletions: 1, binary: false, oldMode: '100644', mode: '100644', oldOid: 'a', oid: 'b' };
}

test.each([
  ['a new folder', [], empty(), empty('a/b'), ['added a/b']],
  ['a folder that is gone', [], empty('a/b'), empty(), ['deleted a/b']],
  ['a folder that lost its only file', [file('deleted', 'a/x')], empty(), empty('a'), ['deleted a/x']],
  ['a folder whose only file moved', [file('renamed', 'x', 'a/x')], empty(), empty('a'), ['renamed x']],
  ['a folder that lost its only folder', [], empty('a/b'), empty('a'), ['deleted a/b']],
  ['a folder that got a file', [file('added', 'a/b/x')], empty('a'), empty(), ['added a/b/x']],
  ['a folder that got a folder', [], empty('a'), empty('a/b'), ['added a/b']],
])('%s', (_, changes, before, after, expected) => {
  const { files, fileCount } = summarizeChanges(changes, before, after, []);
  expect(files.map(({ status, path }) => `${status} ${path}`)).toEqual(expected);
  expect(fileCount).toBe(expected.length);
});
