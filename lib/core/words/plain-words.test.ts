import { expect, it } from 'vitest';
import { plainWords } from './plain-words.ts';

it('leaves the words of Markdown, and minus signs and stars that are meant', () => {
  expect(plainWords('- Write `a_b.txt`\n- Run 3 \\* 2 - 1\n\n```\nout\n```')).toBe('Write a_b.txt\nRun 3 * 2 - 1\n\n\nout\n');
  expect(plainWords('\\- 5')).toBe('- 5');
});
