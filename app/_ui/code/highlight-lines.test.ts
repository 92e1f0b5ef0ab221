import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlightLines } from './highlight-lines.ts';
import { loadLanguage } from './load-language.ts';

/** Whatever else the machine does meanwhile. */
const wholeMs = Number.POSITIVE_INFINITY;

async function coloured(path: string, text: string): Promise<Record<string, string[]>> {
  const language = await loadLanguage(path);
  if (!language) return {};
  const lines = text.split('\n');
  const found: Record<string, string[]> = {};
  for (const [number, tokens] of highlightLines(lines, language, wholeMs).entries())
    for (const { from, to, className } of tokens) {
      found[className] ??= [];
      found[className].push(lines[number]?.slice(from, to) ?? '');
    }
  return found;
}

describe('code', () => {
  it.each([
    ['a.py', 'def go(a):\n    return "x"  # why', { word: ['def', 'return'], text: ['"x"'], name: ['go'] }],
    ['a.tsx', 'const a = <b>{1}</b>;\nlet c: string', { word: ['const', 'let'], value: ['1'] }],
    ['run.sh', 'if true; then\n  echo "hi" # why\nfi', { word: ['if', 'then', 'fi'] }],
    ['Dockerfile', 'FROM node:24\nRUN npm ci', { word: ['FROM', 'RUN'] }],
    ['a.sql', "select 1 from t where a = 'x'", { word: ['select', 'from', 'where'] }],
    ['a.yaml', 'a: "x" # why', { text: ['"x"'] }],
  ])('of %s has its colours', async (path, text, expected) => {
    const found = await coloured(path, text);
    for (const [kind, words] of Object.entries(expected)) expect(found[`text-code-${kind}`], kind).toEqual(expect.arrayContaining(words));
  });

  it('of no known language, and far too much of it, stays plain', async () => {
    expect(await loadLanguage('LICENSE')).toBe(null);
    expect(await loadLanguage('a.constructor')).toBe(null);
    expect(await coloured('a.js', 'x'.repeat(3_000))).toEqual({});
  });

  it.each(['a.py', 'a.sh'])('of %s stays plain once its time is over', async (path) => {
    const language = await loadLanguage(path);
    const late = language && highlightLines(Array(2_000).fill('if x: return "y"'), language, 0);
    expect(late).toHaveLength(2_000);
    expect(late?.at(-1)).toEqual([]);
  });

  it('is only ever positions inside its lines, in order, whatever the text', async () => {
    const piece = fc.constantFrom(
      '<script>',
      '"',
      "'",
      '`${',
      '/*',
      '*/',
      '\\',
      '\u202e',
      '${',
      '}',
      '#',
      '<<EOF',
      '\t',
      'def ',
      '\ud800',
      '{%',
      '==',
    );
    const lines = fc.array(
      fc.array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 8 }).map((parts) => parts.join('')),
      { maxLength: 12 },
    );
    const names = [
      'a.py',
      'a.ts',
      'a.tsx',
      'a.html',
      'a.md',
      'a.css',
      'a.rs',
      'a.cpp',
      'a.sh',
      'a.rb',
      'a.sql',
      'a.toml',
      'a.swift',
      'a.pl',
      'a.lua',
      'a.scss',
      'a.kt',
    ];
    const languages = await Promise.all(names.map((name) => loadLanguage(name)));
    fc.assert(
      fc.property(lines, fc.nat(names.length - 1), (given, at) => {
        const language = languages[at];
        if (!language) return;
        for (const [number, tokens] of highlightLines(given, language).entries()) {
          let end = 0;
          for (const { from, to } of tokens) {
            expect(from).toBeGreaterThanOrEqual(end);
            expect(to).toBeGreaterThan(from);
            expect(to).toBeLessThanOrEqual(given[number]?.length ?? 0);
            end = to;
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
