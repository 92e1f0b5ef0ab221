import { expect, test } from 'vitest';
import { describeError, refusalWords } from './refusal-words.ts';

test('a person is not told in the third person what they said themselves', () => {
  for (const error of [refusalWords('reject'), refusalWords('reject', 'one is enough'), refusalWords('modify')]) {
    expect(error).toMatch(/^The person /);
    expect(describeError({ status: 'rejected', error })).toBe('');
    expect(describeError({ status: 'failed', error })).toBe(error);
  }
  expect(describeError({ status: 'rejected', error: 'Not run in the dry run.' })).toBe('Not run in the dry run.');
  expect(describeError({ status: 'failed', error: null })).toBe('');
});
