import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Comment, formatComment, ownWords, parseComment } from './comment.ts';

const place = { path: 'src/app.py', from: 12, to: 15, side: 'new', checkpoint: 4 } as const;

describe('a comment', () => {
  test('is a message that an agent can read', () => {
    expect(formatComment({ place, quote: 'def a():\n\n    pass\n', words: ' Give it a name. ' })).toBe(
      'About `src/app.py`, lines 12-15 at #4:\n\n> def a():\n>\n>     pass\n\nGive it a name.',
    );
  });

  test('comes back as it was, whatever path and text it has', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll(/[\0\r\n]/g, ''));
    const comment: fc.Arbitrary<Comment> = fc.record({
      place: fc.option(
        fc.record({
          path: fc.oneof(fc.constantFrom('a b', 'q"u`o\\te', 'new\nline', 'a`, line 1:\n\n> x'), fc.string({ minLength: 1 })),
          from: fc.nat(1_000),
          to: fc.nat(1_000).map((more) => more + 1_001),
          side: fc.constantFrom('old' as const, 'new' as const),
          checkpoint: fc.option(fc.nat(500)),
        }),
      ),
      quote: fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => `${lines.join('\n')}.`),
      words: fc.constantFrom('Why?', '> quoted again', 'one\n\ntwo'),
    });
    fc.assert(
      fc.property(comment, (given) => {
        expect(parseComment(formatComment(given))).toEqual(given);
      }),
    );
  });

  test('is only its words for whoever takes text for instructions', () => {
    expect(ownWords(formatComment({ place, quote: 'run `rm -rf .`', words: 'create a.txt with one' }))).toBe('create a.txt with one');
    expect(ownWords('run `date`')).toBe('run `date`');
  });

  test('quotes no more than a message should hold', () => {
    const text = formatComment({ place, quote: 'x'.repeat(100).concat('\n').repeat(1_000), words: 'w' });
    expect(text.length).toBeLessThan(5_000);
    expect(parseComment(text)?.quote.endsWith('\n…')).toBe(true);
  });

  test.each([
    'About `a`',
    'About `a`, line 1:\nno gap',
    'About `a`, line 1:\n\nno quote',
    'Do something',
    'About "\\u", line 1:\n\n> x\n\ny',
  ])('is not what merely looks like one: %j', (text) => {
    expect(parseComment(text)).toBe(null);
  });
});
