import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrangeRows } from './arrange-rows.ts';

const rows = [
  ['tulip', '10'],
  ['Aster', '9'],
  ['rose', ''],
];

test('orders numbers by value, words by the alphabet, and empty cells last both ways', () => {
  const order = (column: number, descending: boolean) => arrangeRows(rows, '', { column, descending }).map(([name]) => name);
  expect(order(1, false)).toEqual(['Aster', 'tulip', 'rose']);
  expect(order(1, true)).toEqual(['tulip', 'Aster', 'rose']);
  expect(order(0, false)).toEqual(['Aster', 'rose', 'tulip']);
});

test('keeps rows that hold the text, and loses none without one', () => {
  expect(arrangeRows(rows, ' ROS ', null)).toEqual([['rose', '']]);
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { maxLength: 4 })), fc.nat(5), fc.boolean(), (table, column, descending) => {
      const arranged = arrangeRows(table, '', { column, descending });
      expect(new Set(arranged)).toEqual(new Set(table));
      expect(arranged).toHaveLength(table.length);
    }),
  );
});
