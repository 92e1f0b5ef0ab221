import { expect, it } from 'vitest';
import { plainWords } from './plain-words.ts';

it('leaves the words of Markdown, and minus signs and stars that are meant', () => {
  expect(plainWords('- Write `a_b.txt`\n- Run 3 \\* 2 - 1\n\n```\nout\n```')).toBe('Write a_b.txt\nRun 3 * 2 - 1\n\n\nout\n');
  expect(plainWords('\\- 5')).toBe('- 5');
  expect(plainWords('There are **three causes**.\n## What\n#1 is 2**3, not \\*\\*2')).toBe(
    'There are three causes.\nWhat\n#1 is 2**3, not **2',
  );
});
