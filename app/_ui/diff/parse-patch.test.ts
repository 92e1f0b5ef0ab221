import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parsePatch } from './parse-patch.ts';

const folder = mkdtempSync(join(tmpdir(), 'choir-patch-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Files = Record<string, string | Buffer>;

/** What git itself says differs between two folders. */
function diffOf(before: Files, after: Files): string {
  const root = mkdtempSync(join(folder, 'tree-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: root, encoding: 'utf8' });
  const write = (files: Files) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    git('add', '-A');
    git('commit', '-qm', 'step', '--allow-empty');
  };
  git('init', '-q');
  write(before);
  git('rm', '-rqf', '--ignore-unmatch', '.');
  write(after);
  return git('diff', '-M', 'HEAD~1', 'HEAD');
}

describe('a diff as git writes it', () => {
  it('counts and numbers its lines', () => {
    const [file] = parsePatch(diffOf({ 'a.txt': 'one\ntwo\nthree\n' }, { 'a.txt': 'one\n2\nthree\nfour\n' }));
    expect(file).toMatchObject({ path: 'a.txt', status: 'modified', additions: 2, deletions: 1 });
    expect(file?.hunks[0]?.lines).toContainEqual({ sign: '-', text: 'two', oldNumber: 2, newNumber: null });
    expect(file?.hunks[0]?.lines).toContainEqual({ sign: '+', text: 'four', oldNumber: null, newNumber: 4 });
  });

  it('knows new, deleted, renamed and binary files', () => {
    const long = 'the same text in both\n'.repeat(20);
    const files = parsePatch(
      diffOf({ gone: 'x\n', old: long, pic: Buffer.from([0, 1]) }, { fresh: 'y\n', new: long, pic: Buffer.from([0, 2]) }),
    );
    expect(files.map(({ path, oldPath, status, binary }) => ({ path, oldPath, status, binary }))).toEqual([
      { path: 'fresh', oldPath: null, status: 'added', binary: false },
      { path: 'gone', oldPath: null, status: 'deleted', binary: false },
      { path: 'new', oldPath: 'old', status: 'renamed', binary: false },
      { path: 'pic', oldPath: null, status: 'modified', binary: true },
    ]);
  });

  it('reads names that git quotes', () => {
    const names = ['spa ce.txt', 'ünïcode.txt', 'quo"te.txt', 'tab\there.txt', 'new\nline.txt'];
    const files = parsePatch(diffOf({}, Object.fromEntries(names.map((name) => [name, 'x\n']))));
    expect(files.map(({ path }) => path).toSorted()).toEqual(names.toSorted());
  });

  it('takes text that looks like a diff for text', () => {
    const text = 'diff --git a/evil b/evil\n--- a/evil\n+++ b/evil\n@@ -1 +1 @@\n-x\n+y\n';
    const files = parsePatch(diffOf({ 'a.patch': '' }, { 'a.patch': text }));
    expect(files.map(({ path, additions }) => ({ path, additions }))).toEqual([{ path: 'a.patch', additions: 6 }]);
  });

  it('takes a missing last newline for what it is', () => {
    const [file] = parsePatch(diffOf({ a: 'one' }, { a: 'two' }));
    expect(file?.hunks[0]?.lines.map(({ sign, text }) => sign + text)).toEqual(['-one', '+two']);
  });

  it('is empty for an empty diff', () => {
    expect(parsePatch('')).toEqual([]);
  });
});
