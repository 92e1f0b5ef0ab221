import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchMarkdown, matchText, queryWords } from './match-text.ts';

function marked(text: string, query: string): string[] {
  const match = matchText(text, queryWords(query));
  return match.marks.map(([start, end]) => match.text.slice(start, end));
}

test('words are what the query spells, once each', () => {
  expect(queryWords('  Fix `lib/auth` fix_it ÜBER! ')).toEqual(['fix', 'lib', 'auth', 'fix_it', 'über']);
  expect(queryWords('*** -- ()')).toEqual([]);
});

test('marks the beginnings of words, wherever they stand', () => {
  expect(marked('Write docs/primes.md, then print primes', 'prim docs')).toEqual(['docs', 'prim', 'prim']);
  expect(marked('reprimand', 'prim')).toEqual([]);
});

test('a long text is cut around the first place', () => {
  const { text } = matchText(`${'before '.repeat(200)}needle ${'after '.repeat(200)}`, ['needle']);
  expect(text).toMatch(/^… .*needle.* …$/);
  expect(text.length).toBeLessThan(260);
});

test('Markdown is cut around the first place too, and shows its plain words there', () => {
  const before = '**before** `this`\n\n'.repeat(4_000);
  const markdown = `${before}# Its **needle**\n\n${'- after\n'.repeat(4_000)}`;
  const { text, marks } = matchMarkdown(markdown, ['needle']);
  expect(text).toMatch(/^… (before this |this )+Its needle (after )+\S* …$/);
  expect(marks.map(([start, end]) => text.slice(start, end))).toEqual(['needle']);
  expect(matchMarkdown('## A **needle** `x`', ['needle'])).toEqual({ text: 'A needle x', marks: [[2, 8]] });
  expect(matchMarkdown(`${before}# No word`, []).text).toMatch(/^before this before/);
});

test('every mark holds a word of the query, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), fc.string({ unit: 'grapheme', maxLength: 20 }), (text, query) => {
      const words = queryWords(query);
      const match = matchText(text, words);
      for (const [start, end] of match.marks) expect(words).toContain(match.text.slice(start, end).toLowerCase());
    }),
  );
});
