import { expect, it } from 'vitest';
import { placeComments } from './place-comments.ts';

const row = (kind: 'add' | 'delete' | 'context', text: string, oldNumber: number | null, newNumber: number | null) => ({
  kind,
  text,
  oldNumber,
  newNumber,
});
const rows = [
  row('context', 'a', 1, 1),
  row('delete', 'x', 2, null),
  row('add', 'y', null, 2),
  row('add', 'y', null, 3),
  row('context', 'b', 3, 4),
];
const comment = (seq: number, quote: string, from: number, side: 'old' | 'new' = 'new') => ({
  ...{ seq, at: '', quote, words: 'w' },
  place: { path: 'p', from, to: from, side, checkpoint: 1 },
});

it('a comment stands below the lines that it quotes, the nearest of them, or nowhere', () => {
  const { placed, lost } = placeComments(rows, [
    comment(1, 'y', 3),
    comment(2, 'y\ny\nb', 9),
    comment(3, 'x', 2, 'old'),
    comment(4, 'gone', 1),
  ]);
  expect([...placed].map(([key, found]) => [key, ...found.map(({ seq }) => seq)])).toEqual([
    ['new:3', 1],
    ['new:4', 2],
    ['old:2', 3],
  ]);
  expect(lost.map(({ seq }) => seq)).toEqual([4]);
});
