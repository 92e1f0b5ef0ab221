import { expect, test } from 'vitest';
import { readsQuickly } from './reads-quickly.ts';

test.each([
  ['brackets that never close', '['.repeat(20_000)],
  ['brackets that close', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
  ['emphasis that never ends', '*a_ '.repeat(5_000)],
  ['emphasis within emphasis', `${'**a '.repeat(5_000)}${'a** '.repeat(5_000)}`],
  ['emphasis over many lines', '*a_\n'.repeat(4_900)],
  ['quotes within quotes', '>'.repeat(2_000)],
  ['lists within lists', `${'- '.repeat(2_000)}a`],
  ['quotes and numbered lists in turn', '> 1. '.repeat(1_000)],
  ['headings by underlines', 'a\n-\n'.repeat(2_400)],
  ['formulas without end', '$a$ '.repeat(10_000)],
  ['lines without end', 'a\n'.repeat(10_000)],
  ['one huge line', 'word '.repeat(40_000)],
])('what is made to hold a page up is not read as Markdown: %s', (_, text) => {
  expect(readsQuickly(text)).toBe(false);
});

test.each([
  ['prose', 'What *changed*, and **why**: see [the notes](https://example.org/a_b).\n\n'.repeat(500)],
  ['a long list of links', '- [one](https://example.org/one) says `more_about_it`\n'.repeat(1_000)],
  ['a table', `| a | b |\n| - | - |\n${'| *one* | `two_three` |\n'.repeat(200)}`],
  ['a block of code', `\`\`\`js\n${'const list_of = [items[0], items[1]];\n'.repeat(200)}\`\`\`\n`],
  ['a list within a list within a quote', '> - one\n>   - two\n>     1. three\n'.repeat(100)],
  ['sections', '# One\n\nText.\n\n---\n\n## Two\n\n'.repeat(300)],
])('what people and agents write is: %s', (_, text) => {
  expect(readsQuickly(text)).toBe(true);
});
