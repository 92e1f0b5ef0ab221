import { expect, test } from 'vitest';
import { layMarks } from './thread-marks.ts';
import type { ThreadRow } from './thread-row.ts';

const rowOf = (id: string, seq: number, unread = true) => ({ id, seq, unread }) as ThreadRow;

test('a list that was read before marks arrived shows them', () => {
  const onTheWay = new Map([
    ['archived', { seq: 4, marks: { archived: true }, arrived: false }],
    ['read', { seq: 7, marks: { readSeq: 7 }, arrived: false }],
    ['unread', { seq: 7, marks: { readSeq: 0 }, arrived: false }],
    ['brought back', { seq: 2, marks: { archived: false }, arrived: false }],
  ]);
  const rows = [rowOf('archived', 4), rowOf('read', 7), rowOf('unread', 7, false), rowOf('brought back', 2), rowOf('other', 1)];
  expect(layMarks(rows, onTheWay)).toEqual([rowOf('read', 7, false), rowOf('unread', 7), rowOf('brought back', 2), rowOf('other', 1)]);
});

test('what happened since is not hidden by them', () => {
  const onTheWay = new Map([
    ['archived', { seq: 4, marks: { archived: true }, arrived: false }],
    ['read', { seq: 7, marks: { readSeq: 7 }, arrived: false }],
  ]);
  const rows = [rowOf('archived', 5), rowOf('read', 8)];
  expect(layMarks(rows, onTheWay)).toEqual(rows);
});
