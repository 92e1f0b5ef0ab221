import { expect, test } from 'vitest';
import { describeCost, describeUsd } from './describe-cost.ts';

test('money is said in cents, and in more digits where it is less than one', () => {
  expect([0, 12.5, 0.05, 0.0123, 0.0056, 0.0004].map(describeUsd)).toEqual(['$0', '$12.50', '$0.05', '$0.01', '$0.006', '$0.0004']);
  expect(describeUsd(0.0000005)).toBe('under $0.0001');
});

test('a price that is not known is said', () => {
  expect(describeCost({ costUsd: 0.11, unpricedCalls: 0 })).toBe('$0.11');
  expect(describeCost({ costUsd: 0.11, unpricedCalls: 1 })).toBe('$0.11 and more');
  expect(describeCost({ costUsd: 0, unpricedCalls: 2 })).toBe('price unknown');
});
