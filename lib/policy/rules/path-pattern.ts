import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { RuleMatch } from '#lib/core/rule.ts';

export type PathMatch = Extract<RuleMatch, { on: 'path' }>;

const anyFile = { dot: true, noextglob: true } as const;
/** A file system may take `Migrations` for `migrations`; `s`: a name may hold a line break. */
const wide = { ...anyFile, nocase: true, flags: 'is' };
const narrow = { ...anyFile, flags: 's' };

/** Whether a path of the tree is one that the match speaks of: what it names is read widely, what it leaves out narrowly. */
export function pathPattern({ glob, except = [] }: PathMatch): (path: string) => boolean {
  const names = picomatch(glob.normalize('NFC'), wide);
  const leavesOut = except.map((one) => picomatch(one.normalize('NFC'), narrow));
  return (path) => names(foldedPath(path)) && !leavesOut.some((leaves) => leaves(plainPath(path)));
}

/** The path as the tree has it: no `.`, `..`, doubled or trailing slashes, one spelling of each letter. */
function plainPath(path: string): string {
  return posix.normalize(path.normalize('NFC')).replace(/\/+$/, '');
}

/** The same without what a file system may skip. */
function foldedPath(path: string): string {
  return plainPath(path.replaceAll(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, ''));
}
