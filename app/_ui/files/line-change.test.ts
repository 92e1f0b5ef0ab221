import { expect, it } from 'vitest';
import { lineHash, readLineHash } from './line-change.ts';

it.each([
  ['#L3', { from: 3, to: 3 }],
  ['#L10-20', { from: 10, to: 20 }],
  ['#L20-L10', { from: 10, to: 20 }],
  ['#L0', null],
  ['#Lx', null],
  ['', null],
])('%s points at lines', (hash, lines) => {
  expect(readLineHash(hash)).toEqual(lines);
  if (lines) expect(readLineHash(lineHash(lines))).toEqual(lines);
});
