import { expect, it } from 'vitest';
import { wordsFor } from './attached-only.ts';

it('says what files without words are for, and changes no words', () => {
  expect(wordsFor('round it', ['a.png'])).toBe('round it');
  expect(wordsFor(' ', ['a.png'])).toBe('Look at the attached file.');
  expect(wordsFor('', ['a.png', 'b.pdf'])).toBe('Look at the attached files.');
  expect(wordsFor('', ['voice-20260101-120000.webm'])).toBe('Listen to the attached recording.');
  expect(wordsFor('', [])).toBe('');
});
