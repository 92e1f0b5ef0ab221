import { expect, test } from 'vitest';
import { holdPage, untilLetGo } from './hold-page.ts';

test('a page is let go when all that it holds has ended, also what failed and what was begun meanwhile', async () => {
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const order: string[] = [];
  holdPage(first.promise).catch(() => holdPage(second.promise));
  const letGo = untilLetGo().then(() => order.push('let go'));
  first.reject(new Error('lost'));
  await first.promise.catch(() => {});
  order.push('failed');
  await new Promise(setImmediate);
  order.push('ended');
  second.resolve();
  await letGo;
  expect(order).toEqual(['failed', 'ended', 'let go']);
});
