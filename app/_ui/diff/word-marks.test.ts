import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiffLine } from '#lib/core/change.ts';
import { wordMarks } from './word-marks.ts';

function marked(...signed: string[]): string[] {
  const lines = signed.map(toLine);
  return [...wordMarks(lines)].flatMap(([at, marks]) =>
    marks.map(({ from, to }) => `${signed[at]?.[0]}${lines[at]?.text.slice(from, to)}`),
  );
}

function toLine(signed: string): DiffLine {
  const kinds = { '-': 'delete', '+': 'add', ' ': 'context' } as const;
  return { kind: kinds[signed[0] as '-'], text: signed.slice(1) };
}

describe('the words that changed', () => {
  it('are marked on both sides', () => {
    expect(marked('-const total = price * 2;', '+const total = cost * 2;')).toEqual(['-price', '+cost']);
  });

  it('are found in blocks of unequal length', () => {
    expect(marked('-def add(a, b):', '-    return a + b', '+def add(a, b, c):', '+    """Adds."""', '+    return a + b')).toContain('+, c');
  });

  it('are not marked where a line is another line altogether, or only came or went', () => {
    expect(marked('-alpha beta gamma', '+one two three')).toEqual([]);
    expect(marked(' same', '+new line', ' same', '-old line')).toEqual([]);
  });

  it('never lie outside of their line', () => {
    const line = fc
      .tuple(fc.constantFrom('-', '+', ' '), fc.string({ unit: 'grapheme', maxLength: 30 }))
      .map(([sign, text]) => sign + text.replaceAll('\n', ''));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (signed) => {
        for (const [at, marks] of wordMarks(signed.map(toLine)))
          for (const { from, to } of marks) {
            expect(from).toBeLessThan(to);
            expect(to).toBeLessThanOrEqual((signed[at]?.length ?? 0) - 1);
          }
      }),
    );
  });
});
