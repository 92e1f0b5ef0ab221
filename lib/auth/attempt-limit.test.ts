import { expect, test } from 'vitest';
import { attemptLimit } from './attempt-limit.ts';

test('refuses a key after its failures until the window ends, and no other key', () => {
  let clock = 0;
  const limit = attemptLimit({ attempts: 2, windowMs: 1_000, now: () => clock });
  for (let failure = 0; failure < 2; failure += 1) {
    limit.check('a');
    limit.fail('a');
  }
  expect(() => limit.check('a')).toThrow(expect.objectContaining({ code: 'rate-limited', details: { retryAfterSeconds: 1 } }));
  expect(() => limit.check('b')).not.toThrow();
  clock = 1_000;
  expect(() => limit.check('a')).not.toThrow();
});
