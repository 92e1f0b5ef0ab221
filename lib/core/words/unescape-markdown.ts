import { type CodeRange, findCode } from './find-code.ts';

/** `escaped`: the punctuation, where it is some behind a backslash. */
type Mark = { mark: string; escaped: string | undefined; at: number };

/** What a mark becomes; `at` is where it stands in the text. */
type Replace = (mark: string, at: number) => string;

/**
 * Markdown as plain text keeps all but the backslashes that stand before punctuation outside of code. What `marks` find there, none of it a backtick,
 * is replaced too. Linear in the text.
 */
export function unescapeMarkdown(text: string, marks = /(?!)/, replace: Replace = (mark) => mark, code = findCode(text)): string {
  let [plain, end] = ['', 0];
  for (const { mark, escaped, at } of marksOutside(code, text, marks)) {
    plain += text.slice(end, at) + (escaped ?? replace(mark, at));
    end = at + mark.length;
  }
  return plain + text.slice(end);
}

/** What a backslash escapes, and what `marks` find, in order, where there is no code. */
export function* marksOutside(code: readonly CodeRange[], text: string, marks: RegExp): Generator<Mark> {
  const pattern = new RegExp(String.raw`\\([!-/:-@[-${'`'}{-~])|${marks.source}`, 'gm');
  let next = 0;
  for (const { 0: mark, 1: escaped, index: at } of text.matchAll(pattern)) {
    while ((code[next]?.[1] ?? Infinity) <= at) next += 1;
    if ((code[next]?.[0] ?? Infinity) > at) yield { mark, escaped, at };
  }
}
