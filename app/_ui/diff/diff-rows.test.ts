import { describe, expect, it } from 'vitest';
import { diffParts, openedRows } from './diff-rows.ts';

const context = (text: string) => ({ kind: 'context' as const, text });

describe('the parts of a diff', () => {
  it('are hunks with numbered lines, and what is folded around them', () => {
    const parts = diffParts(
      [
        { oldStart: 3, oldLines: 2, newStart: 3, newLines: 3, lines: [context('c'), { kind: 'add', text: 'new' }, context('d')] },
        {
          ...{ oldStart: 10, oldLines: 4, newStart: 11, newLines: 3 },
          lines: [{ kind: 'delete', text: 'gone' }, context('e'), context('f'), context('g')],
        },
      ],
      false,
    );
    expect(parts.map(({ key }) => key)).toEqual(['fold-1', 'hunk-3-3', 'fold-6', 'hunk-10-11', 'fold-14']);
    expect(parts.flatMap((part) => (part.kind === 'fold' ? [part.fold] : []))).toEqual([
      { oldStart: 1, newStart: 1, count: 2 },
      { oldStart: 5, newStart: 6, count: 5 },
      { oldStart: 14, newStart: 14, count: null },
    ]);
    const numbers = parts.flatMap((part) => (part.kind === 'hunk' ? part.rows.map((row) => [row.oldNumber, row.newNumber]) : []));
    expect(numbers).toEqual([
      [3, 3],
      [null, 4],
      [4, 5],
      [10, null],
      [11, 11],
      [12, 12],
      [13, 13],
    ]);
  });

  it('end where the file ends', () => {
    const last = { oldStart: 1, oldLines: 1, newStart: 1, newLines: 2, lines: [context('a'), { kind: 'add' as const, text: 'b' }] };
    expect(diffParts([last], false).map(({ kind }) => kind)).toEqual(['hunk']);
  });

  it('of a new file are its lines alone', () => {
    const [only, ...rest] = diffParts([{ oldStart: 0, oldLines: 0, newStart: 1, newLines: 1, lines: [{ kind: 'add', text: 'a' }] }], true);
    expect(only).toMatchObject({ kind: 'hunk', rows: [{ oldNumber: null, newNumber: 1 }] });
    expect(rest).toEqual([]);
  });

  it('open where they are folded', () => {
    const lines = ['a', 'b', 'c', 'd', 'e'];
    expect(openedRows({ oldStart: 4, newStart: 2, count: 3 }, lines, 1, 2)).toEqual([
      { kind: 'context', text: 'c', oldNumber: 5, newNumber: 3 },
      { kind: 'context', text: 'd', oldNumber: 6, newNumber: 4 },
    ]);
  });
});
