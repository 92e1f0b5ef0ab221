import { expect, it } from 'vitest';
import { readQuery } from './read-query.ts';

it('reads a query in which a name stands more than once', async () => {
  expect(await readQuery(Promise.resolve({ at: ['3', '4'], path: 'a.txt', to: undefined }))).toEqual({ at: '3', path: 'a.txt' });
});
