import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Markdown } from './markdown.tsx';
import { plainParagraphs } from './plain-paragraphs.ts';

const markup = (paragraphs: string[]) =>
  renderToStaticMarkup(paragraphs.flatMap((paragraph, index) => [index > 0 ? '\n' : '', <p key={paragraph}>{paragraph}</p>]));

it('finds the paragraphs of what needs no Markdown', () => {
  expect(plainParagraphs('Done: 2 files (one new), and “tests” pass.')).toEqual(['Done: 2 files (one new), and “tests” pass.']);
  expect(plainParagraphs('One.\nStill one.\n\n\nTwo.')).toEqual(['One.\nStill one.', 'Two.']);
  for (const text of [
    '**a**',
    'a\n- b',
    '1. a',
    'a\n---',
    'see www.example.org',
    'a@example.org',
    'a  \nb',
    '    code',
    'a\\b',
    '&amp;',
    ' a',
    'a\u202eb',
  ])
    expect(plainParagraphs(text), text).toBeNull();
});

it('draws them as Markdown does', () => {
  const piece = fc.constantFrom(...'abc 12.)(:;\'"-+=*_#>|~`\n\n\t\\&<![]{}^%/?,é–🙂', 'http', 'www.', '\n\n');
  const text = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, (words) => {
      const paragraphs = plainParagraphs(words);
      if (!paragraphs || words === '') return;
      expect(renderToStaticMarkup(<Markdown text={words} />)).toBe(`<div class="contained space-y-3">${markup(paragraphs)}</div>`);
    }),
    { numRuns: 3_000 },
  );
});
