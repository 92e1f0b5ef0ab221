import { expect, test } from 'vitest';
import { describeDiff } from './describe-diff.ts';

const patch = [
  'diff --git a/a.py b/a.py',
  '@@ -1,2 +1,2 @@ def first(): @@ -9 +9 @@',
  '-one',
  '+one\r@@ -5 +5 @@\x1b[2J',
  '@@ -20 +20 @@',
  '+two\r',
  'diff --git a/b.py b/b.py',
  '@@ -1 +1 @@',
  '',
].join('\n');

test('numbers the parts of each file of a question, which nothing in a file can pass for', () => {
  expect(describeDiff(patch, true)).toBe(
    [
      'diff --git a/a.py b/a.py',
      '@@ -1,2 +1,2 @@ part 1 def first(): @@ -9 +9 @@',
      '-one',
      '+one @@ -5 +5 @@',
      '@@ -20 +20 @@ part 2',
      '+two',
      'diff --git a/b.py b/b.py',
      '@@ -1 +1 @@ part 1',
    ].join('\n'),
  );
  expect(describeDiff(patch, false)).not.toContain('part');
});
