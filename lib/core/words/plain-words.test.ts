import { expect, it, test } from 'vitest';
import { plainWords } from './plain-words.ts';

it('leaves the words of Markdown, and minus signs and stars that are meant', () => {
  expect(plainWords('- Write `a_b.txt`\n- Run 3 \\* 2 - 1\n\n```\nout\n```')).toBe('Write a_b.txt\nRun 3 * 2 - 1\n\n\nout\n');
  expect(plainWords('\\- 5')).toBe('- 5');
  expect(plainWords('There are **three causes**.\n## What\n#1 is 2**3, not \\*\\*2')).toBe(
    'There are three causes.\nWhat\n#1 is 2**3, not **2',
  );
});

test.each([
  ['Look at `src/**/*.ts` and `**/*.md`.', 'Look at src/**/*.ts and **/*.md.'],
  ['src/**/*.ts, **/*.md and lib/** hold **all of it**.', 'src/**/*.ts, **/*.md and lib/** hold all of it.'],
  ['Call `f(**a, **b)`, or f(**a, **b).', 'Call f(**a, **b), or f(**a, **b).'],
  ['**kwargs is **new**.', '**kwargs is new.'],
  ['**Only `*.ts` in `src/**`**: done', 'Only *.ts in src/**: done'],
  ['`a` - b', 'a - b'],
  ['# How\n```sh\n# a comment\n- **x**\n```\n# So', 'How\nsh\n# a comment\n- **x**\n\nSo'],
  ['```\n# not over yet', '\n# not over yet'],
  ['The ` key and **this**.', 'The  key and this.'],
  ['It runs **build**/**test**, **either**/or, **`a`**/**`b`**.', 'It runs build/test, either/or, a/b.'],
  ['**All of src/**/*.ts** and lib/**.', 'All of src/**/*.ts and lib/**.'],
  ['The ` key.\n\n# Head\n\n- **x** uses `y`', 'The  key.\n\nHead\n\nx uses y'],
  ['- press `\n- **bold**\n1. then `', 'press \nbold\n1. then '],
  ['````\n```\n# a\n`````\n# So', '\n\n# a\n\nSo'],
  ['```\necho ```\n# a\n    ```\n# b\n~~~\n```\n# So', '\necho \n# a\n    \n# b\n~~~\n\nSo'],
  ['1. ~~~\n   # a\n   ~~~\n# So', '1. ~~~\n   # a\n   ~~~\nSo'],
  ['A line of ```**x**``` and\n```**y**``` on', 'A line of **x** and\n**y** on'],
])('leaves code, paths and calls as they are: %j', (markdown, plain) => {
  expect(plainWords(markdown)).toBe(plain);
});
