import { expect, test } from 'vitest';
import { noOptions, optionsBody } from './run-options.ts';

test('an agent is named where it is another than the thread keeps, the best fit too', () => {
  expect(optionsBody(noOptions(''))).toEqual({});
  expect(optionsBody(noOptions('codex'))).toEqual({ agent: 'codex' });
  expect(optionsBody(noOptions('codex'), 'codex')).toEqual({});
  expect(optionsBody(noOptions(''), 'codex')).toEqual({ agent: null });
});
