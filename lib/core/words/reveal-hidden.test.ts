import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { revealHidden } from './reveal-hidden.ts';

const plain = (text: string) => [{ hidden: false, text }];

describe('text that somebody hostile wrote', () => {
  it('stays as it is when nothing in it hides', () => {
    for (const text of [
      'rm -rf build\n\tls',
      'ça va Ünïcödé',
      'שלום',
      '漢字 한글',
      'a\u0301\u0302',
      '⚠\ufe0f',
      '1\ufe0f\u20e3',
      '👩\u200d🚀 👩🏽\u200d🚀 ❤\ufe0f\u200d🔥',
    ])
      expect(revealHidden(text)).toEqual(plain(text));
  });

  it('names what would reorder it', () => {
    expect(revealHidden('a\u202egpj.exe')).toEqual([
      { hidden: false, text: 'a' },
      { hidden: true, text: 'right-to-left override' },
      { hidden: false, text: 'gpj.exe' },
    ]);
  });

  it('names what makes one picture of emoji where there is none', () => {
    for (const text of ['a\ufe0f', 'a\u200db', '⚠\ufe0f\ufe0f', '👩\u200d', '\u200d🚀', '1\ufe0f'])
      expect(revealHidden(text).filter(({ hidden }) => hidden)).toHaveLength(1);
  });

  it('leaves a joiner that spells a word of its script, and names it anywhere else', () => {
    for (const text of ['می\u200cخواهم', 'क्\u200dष', '↩\ufe0e']) expect(revealHidden(text)).toEqual([{ hidden: false, text }]);
    for (const text of ['a\u200cb', 'می\u200c', '\u200cخ', 'ی\u200c\u200cخ', 'a\ufe0e'])
      expect(
        revealHidden(text).some(({ hidden }) => hidden),
        text,
      ).toBe(true);
  });

  it('names controls, blanks, tags and lone surrogates', () => {
    for (const character of ['\0', '\u001b', '\u2028', '\u200b', '\u3164', '\u{e0041}', '\ud800', '\u2066', '\r'])
      expect(revealHidden(character)).toEqual([{ hidden: true, text: expect.stringMatching(/^[\w+ -]+$/) }]);
  });

  it('cuts down stacks of combining marks', () => {
    const [kept, named] = revealHidden(`e${'\u0301'.repeat(50)}`);
    expect(kept).toEqual({ hidden: false, text: 'e\u0301\u0301' });
    expect(named?.text).toMatch(/and 40 more$/);
  });

  it('keeps every visible character in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = revealHidden(text)
          .filter((part) => !part.hidden)
          .map((part) => part.text)
          .join('');
        expect(/[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f]/u.test(shown)).toBe(false);
        expect(revealHidden(shown).length).toBeLessThanOrEqual(revealHidden(text).length);
      }),
    );
  });
});
