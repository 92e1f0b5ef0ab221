import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { MarkdownFile } from './addresses.tsx';
import { Markdown } from './markdown.tsx';

const inFile = (text: string) =>
  renderToStaticMarkup(
    <MarkdownFile value={{ threadId: 'th_1', path: 'docs/README.md', at: 'cp_1' }}>
      <Markdown text={text} />
    </MarkdownFile>,
  );

it('leads from a file to those beside it, at the same point', () => {
  expect(inFile('[guide](guide.md)')).toContain('href="/threads/th_1/files?path=docs%2Fguide.md&amp;at=cp_1"');
  expect(inFile('[line](../a.ts#L3)')).toContain('href="/threads/th_1/files?path=a.ts&amp;at=cp_1#L3"');
  expect(inFile('![logo](../logo.png)')).toContain('src="/api/threads/th_1/raw?path=logo.png&amp;at=cp_1"');
  expect(inFile('![sound](a.mp3)')).toContain('href="/threads/th_1/files?path=docs%2Fa.mp3&amp;at=cp_1"');
});

it('shows nothing from outside, and leads nowhere in Choir but to files', () => {
  expect(inFile('![logo](https://example.org/a.png)')).not.toContain('<img');
  for (const address of ['/settings', 'https:settings', '/a:b', '//example.org', '../../a', 'javascript:alert(1)', '#top'])
    expect(inFile(`[a](${address}) ![b](${address})`)).toBe('<div class="contained space-y-3"><p><span>a</span> <span>b</span></p></div>');
});

it('opens an address outside apart, and tells it nothing', () => {
  expect(inFile('[a](https://example.org)')).toContain('<a href="https://example.org" target="_blank" rel="noopener noreferrer nofollow"');
});
