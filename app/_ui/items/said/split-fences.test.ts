import { expect, test } from 'vitest';
import { splitFences } from './split-fences.ts';

test.each([
  ['Only words', ['Only words']],
  ['Look:\n```js\nlet a;\n\nlet b;\n```\nand tell', ['Look:\n', 'let a;\n\nlet b;\n', 'and tell']],
  ['```\na\n```', ['', 'a\n', '']],
  ['```\na\n```\n```\nb\n```\nc', ['', 'a\n', '', 'b\n', 'c']],
  ['run ```\nls\n```', ['run ```\nls\n```']],
  ['a\n```\nb\n```\nc\n```\nd', ['a\n', 'b\n', 'c\n```\nd']],
])('%j', (text, parts) => {
  expect(splitFences(text)).toEqual(parts);
});
