import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkText, Entities } from '#tests/telegram/bot-api/check-content.ts';
import { markdown } from './markdown.ts';
import { bold, code, cutRich, finishText, lines, pre, quote, rich } from './rich-text.ts';
import { cutText, exactLine, exactText, lastOf, outputTail, proseText } from './safe-text.ts';

/** As Telegram takes it, or nothing at all. */
function expectSendable(content: ReturnType<typeof finishText>, limit = 4_096): void {
  if (content.text === '') return;
  Entities.parse(content.entities);
  checkText(content.text, content.entities, limit);
}

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '*',
      '_',
      '`',
      '```\n',
      '[',
      '](',
      ')',
      '\\',
      '\n',
      '# ',
      '- ',
      '👨‍👩‍👧',
      '🏳️‍🌈',
      'שלום',
      '\u202e',
      '\u0000',
      '@ada',
      'e\u0301',
      ' ',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
  maxLength: 60,
});

describe('formatting', () => {
  it('counts in the units of Telegram, behind emoji too', () => {
    expect(rich('👍 ', bold('done'))).toEqual({ text: '👍 done', entities: [{ type: 'bold', offset: 3, length: 4 }] });
  });

  it('is what Telegram takes, whatever an agent writes', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 80 }), (text, limit) => {
        expectSendable(finishText(markdown(text)));
        expectSendable(finishText(cutRich(quote(markdown(text)), limit)));
        expectSendable(
          finishText(
            lines(
              rich(text.length > 3 && code(exactText(text).replaceAll('\n', ' '))),
              pre(outputTail(text, limit)),
              bold(proseText(text)),
            ),
          ),
        );
      }),
    );
  });

  it('is cut at no half of a character, and its length holds', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(cutRich(bold(family.repeat(3)), 30).text).toBe(`${family.repeat(2)}…`);
    expectSendable(finishText(pre('x'.repeat(10_000))));
    expectSendable(finishText(rich(...Array.from({ length: 300 }, () => bold('b')))));
    expectSendable(finishText(pre(family.repeat(1_000)), 1_024), 1_024);
    expect(outputTail('🎉'.repeat(9), 3)).toBe('…\n🎉');
    expect(lastOf('ab🎉', 1)).toBe('');
  });
});

describe('Markdown of an agent', () => {
  it('becomes formatting', () => {
    const { text, entities } = markdown('# Done\n- **two** of `three`\n```ts\nconst a = "*b*";\n```\nsee [docs](https://evil.example)');
    expect(text).toBe('Done\n• two of three\nconst a = "*b*";\nsee docs (https://evil.example)');
    expect(entities.map(({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`)).toEqual([
      'bold Done',
      'bold two',
      'code three',
      'pre const a = "*b*";',
    ]);
  });

  it('leaves alone what is none', () => {
    for (const text of ['snake_case_name and 2*3*4', 'a * b * c', '`open', '**half', '<b>html</b> &amp;', 'שלום **עולם'])
      expect(markdown(text).text).toBe(text);
  });

  it('calls nobody and reorders nothing', () => {
    expect(proseText('ask @ada\u202e now')).toBe('ask @\u2060ada now');
    expect(exactText('rm a\u202egpj.exe')).toBe('rm a⟨right-to-left override⟩gpj.exe');
    expect(proseText('👨‍👩‍👧 ok')).toBe('👨‍👩‍👧 ok');
  });

  it('is on one line what its beginning is of the whole, of which no more is read', () => {
    const bits = fc.constantFrom('a', ' ', '\n', '\u202e', '\u{e0041}', '🎉', '\u0301', 'word '.repeat(30));
    const parts = fc.array(fc.tuple(bits, fc.integer({ min: 1, max: 900 })), { maxLength: 12 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 300 }), (drawn, limit) => {
        const text = drawn.map(([bit, times]) => bit.repeat(times)).join('');
        expect(exactLine(text, limit)).toBe(cutText(exactText(text.replaceAll(/\s+/g, ' ').trim()), limit));
      }),
      { numRuns: 60 },
    );
  });
});
