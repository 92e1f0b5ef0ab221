import { findCode } from './find-code.ts';

/** What a mark becomes; `at` is where it stands in the text. */
type Replace = (mark: string, at: number) => string;

/**
 * Markdown as plain text keeps all but the backslashes that stand before punctuation outside of code. What `marks` find there, none of it a backtick,
 * is replaced too. Linear in the text.
 */
export function unescapeMarkdown(text: string, marks = /(?!)/, replace: Replace = (mark) => mark, code = findCode(text)): string {
  const pattern = new RegExp(String.raw`\\([!-/:-@[-${'`'}{-~])|${marks.source}`, 'gm');
  let [plain, end, next] = ['', 0, 0];
  for (const { 0: whole, 1: escaped, index } of text.matchAll(pattern)) {
    while ((code[next]?.[1] ?? Infinity) <= index) next += 1;
    if ((code[next]?.[0] ?? Infinity) <= index) continue;
    plain += text.slice(end, index) + (escaped ?? replace(whole, index));
    end = index + whole.length;
  }
  return plain + text.slice(end);
}
