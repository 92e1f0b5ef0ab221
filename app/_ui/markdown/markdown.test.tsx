import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Markdown } from './markdown.tsx';

const markup = (text: string) => renderToStaticMarkup(<Markdown text={text} />);
/** For each item of a list: whether it holds its ticks where it stands, and what they say. */
const items = (text: string) =>
  [...markup(text).matchAll(/<li([^>]*)>(.*?)<\/li>/gs)].map(([, tag = '', inside = '']) => [
    /class="relative /.test(tag),
    ...[...inside.matchAll(/aria-label="([^"]+)"/g)].map(([, label]) => label),
  ]);

it('keeps the tick of a task at its line, in a list of either kind', () => {
  expect(items('- [x] a\n- [ ] b')).toEqual([
    [true, 'Done:'],
    [true, 'To do:'],
  ]);
  expect(items('1. [x] a\n2. [ ] b')).toEqual([
    [true, 'Done:'],
    [true, 'To do:'],
  ]);
  expect(items('1. [x] a\n\n2. b')).toEqual([[true, 'Done:'], [false]]);
  expect(items('- a\n- [ ] b')).toEqual([[false], [true, 'To do:']]);
});

it('keeps the width of a line for a long cell, whichever column it is in', () => {
  const long = 'The importer reads each line **twice** where it ends in a comma.';
  const cells = [...markup(`|a|b|c|\n|-|-|-:|\n|1|${long}|2|`).matchAll(/<td[^>]*>/g)].map(([tag]) => tag);
  expect(cells.map((tag) => tag.includes('min-w-'))).toEqual([false, true, false]);
  expect(cells[2]).toContain('text-align:right');
});

it('names what hides or reorders in words, as code does', () => {
  expect(markup('- see \u202etxt.exe **now\u200b**')).toMatch(
    /see <mark[^>]*>right-to-left override<\/mark>txt\.exe <strong[^>]*>now<mark[^>]*>zero-width space/,
  );
  expect(markup('`a\u202eb`')).toContain('right-to-left override');
  expect(markup('<div>\u202etxt.exe')).toContain('right-to-left override');
  expect(markup('**👩\u200d💻** one\r\ntwo')).not.toContain('<mark');
});
