import type { Clause, Memory } from './clause.ts';
import { held, literalOf } from './literals.ts';

/** A regular expression's group for one path: a literal, or a word without commas, colons and semicolons. */
export const pathGroup = `(${held}|[^\\s,;:\\uE000-\\uF8FF]+)`;
/** Several of them: `a, b and c`. */
export const pathsGroup = `((?:${held}|[^\\s,;:\\uE000-\\uF8FF]+)(?:(?:\\s*,\\s*(?:and\\s+)?|\\s+and\\s+)(?:the\\s+(?:file\\s+|folder\\s+)?)?(?:${held}|[^\\s,;:\\uE000-\\uF8FF]+))*)`;

const bareNames =
  /^(makefile|dockerfile|readme|license|procfile|rakefile|gemfile|jenkinsfile|vagrantfile|justfile|changelog|\.[a-z][\w.-]*)$/i;
const pronouns = /^(it|this|that|them)$/i;

export function pattern(source: string): RegExp {
  return new RegExp(source, 'isu');
}

/** The path that a word names, tidied; undefined when it can be none. */
export function toPath(word: string | undefined, clause: Clause, memory: Memory): string | undefined {
  if (!word) return undefined;
  const literal = literalOf(word, clause.literals);
  if (!literal && pronouns.test(word)) return memory.file ?? memory.folder;
  if (!literal && /^(?:script|program)$/i.test(word) && memory.script) return memory.script;
  if (!literal && /^file$/i.test(word) && memory.file) return memory.file;
  const path = (literal?.text ?? word.replace(/[!?.]+$/, '')).trim().replace(/^\.\//, '').replace(/\/+$/, '');
  return path === '' || path.length > 4_096 || path.includes('\n') ? undefined : path;
}

/** Whether a word is a path by its looks: quoted, with an extension or a slash, a well-known name, or known to the project. */
export function looksLikePath(word: string, clause: Clause, memory: Memory): boolean {
  if (literalOf(word, clause.literals)) return true;
  const name = word.replace(/[!?.]+$/, '');
  return /^[^\s]*[^\s./]\.[A-Za-z][\w-]{0,12}$/.test(name) || name.includes('/') || bareNames.test(name) || isKnown(name, memory);
}

export function isKnown(path: string, memory: Memory): boolean {
  return memory.files.has(path) || isFolder(path, memory);
}

export function isFolder(path: string, memory: Memory): boolean {
  if (path.endsWith('/')) return true;
  const prefix = `${path}/`;
  for (const file of memory.files) if (file.startsWith(prefix)) return true;
  return memory.folder === path;
}

export function splitNames(list: string): string[] {
  return list
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+/i)
    .map((name) => name.replace(/^the\s+(?:file\s+|folder\s+)?/i, ''))
    .filter((name) => name !== '');
}

export function joinPath(folder: string | undefined, path: string): string {
  return folder && folder !== '.' && !path.includes('/') ? `${folder}/${path}` : path;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
