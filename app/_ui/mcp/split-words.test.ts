import { expect, test } from 'vitest';
import { splitWords } from './split-words.ts';

test.each([
  ['node  server.mjs --fast', ['node', 'server.mjs', '--fast']],
  [`python -m "my tool" 'a "b"' ""`, ['python', '-m', 'my tool', 'a "b"', '']],
  [`--name="my tool"`, ['--name=my tool']],
  ['   ', []],
])('splits %s', (text, words) => {
  expect(splitWords(text)).toEqual(words);
});
