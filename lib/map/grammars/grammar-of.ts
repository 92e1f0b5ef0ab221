import type { Grammar } from './grammar.ts';
import { cpp, go, java, markdown, python, rust } from './other-languages.ts';
import { script, tsx, typescript } from './script.ts';

const byExtension: Record<string, Grammar> = {
  ...Object.fromEntries(['js', 'mjs', 'cjs', 'jsx'].map((extension) => [extension, script])),
  ...Object.fromEntries(['ts', 'mts', 'cts'].map((extension) => [extension, typescript])),
  ...Object.fromEntries(['c', 'h', 'cc', 'hh', 'cpp', 'hpp', 'cxx'].map((extension) => [extension, cpp])),
  tsx,
  py: python,
  pyi: python,
  go,
  java,
  rs: rust,
  md: markdown,
};

/** How to read a file of this name; null where Choir does not know its language. */
export function grammarOf(path: string): Grammar | null {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(byExtension, extension) ? (byExtension[extension] ?? null) : null;
}
