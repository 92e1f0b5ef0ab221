import { expect, test } from 'vitest';
import { unescapeMarkdown } from './unescape-markdown.ts';

test.each([
  ['escaped punctuation', String.raw`run a \| b \> c\_d`, 'run a | b > c_d'],
  ['an escaped backslash', String.raw`C:\\temp \\\*`, String.raw`C:\temp \*`],
  ['what follows a lone backtick', 'the ` key \\*', 'the ` key *'],
  ['escaped backticks', 'run \\`ls\\` \\*', 'run `ls` *'],
])('takes the backslash out of %s', (_, text, plain) => {
  expect(unescapeMarkdown(text)).toBe(plain);
});

test.each([
  ['code', 'a `grep "\\|"` b'],
  ['code with backticks in it', '``a ` \\| b``'],
  ['code that ends with a backslash', '`a\\` b'],
  ['a fence', '```\n\\*\n```'],
  ['letters', String.raw`\n and \d`],
])('leaves %s as it is', (_, text) => {
  expect(unescapeMarkdown(text)).toBe(text);
});
