import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { ShortName } from './short-name.tsx';

it('hides and reorders nothing, in its tooltip neither', () => {
  const markup = renderToStaticMarkup(<ShortName name={'invoice-of-the-month-\u202efdp.exe'} />);
  expect(markup).not.toContain('\u202e');
  expect(markup).toContain('title="invoice-of-the-month-[right-to-left override]fdp.exe"');
});
