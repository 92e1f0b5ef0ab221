import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { NoticeRow } from './notice-row.tsx';

test('what a rule names stands as code, without its backticks', () => {
  const item = {
    kind: 'notice',
    key: 'k',
    seq: 1,
    at: '',
    actor: 'person',
    tone: 'info',
    text: 'New rule: “let `git push` run”',
    details: [],
  };
  const shown = renderToStaticMarkup(<NoticeRow item={item as unknown as Parameters<typeof NoticeRow>[0]['item']} />);
  expect(shown).toMatch(/<code[^>]*><span>git push<\/span><\/code>/);
  expect(shown).not.toContain('`');
});
