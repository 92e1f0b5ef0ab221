import { expect, test } from 'vitest';
import { describeError, refusalWords } from './refusal-words.ts';

test('a no in a ledger is known by the words that it was written with', () => {
  const written = ['The person said no.', 'The person said no: one is enough', 'The person asked for something else.'];
  expect([refusalWords('reject'), refusalWords('reject', 'one is enough'), refusalWords('modify')]).toEqual(written);
  for (const error of written) expect(describeError({ status: 'rejected', error })).toBe('');
});

test('a person is not told in the third person what they said themselves', () => {
  for (const error of [refusalWords('reject'), refusalWords('reject', 'one is enough'), refusalWords('modify')]) {
    expect(error).toMatch(/^The person /);
    expect(describeError({ status: 'rejected', error })).toBe('');
    expect(describeError({ status: 'failed', error })).toBe(error);
  }
  expect(describeError({ status: 'rejected', error: 'Not run in the dry run.' })).toBe('Not run in the dry run.');
  expect(describeError({ status: 'failed', error: null })).toBe('');
});
