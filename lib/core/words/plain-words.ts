import { type CodeRange, findCode } from './find-code.ts';
import { marksOutside, unescapeMarkdown } from './unescape-markdown.ts';

const stars = /\*\*|\n\n/;
/** Before the words of a list or a heading; around strong words. */
const marks = /^[ \t]{0,12}(?:[-*]|#{1,6}) |\*\*/;

/** Markdown as it is read out or stands on one line: without its marks, backticks, and backslashes before punctuation; code as it is. Linear in the text. */
export function plainWords(markdown: string): string {
  const code = findCode(markdown);
  const strong = strongMarks(markdown, code);
  return unescapeMarkdown(markdown, marks, (mark, at) => (mark === '**' && !strong.has(at) ? mark : ''), code).replaceAll('`', '');
}

/** Where the stars stand that make words strong, two by two; not those of `2**3`, `f(**a, **b)` and `src/**` beside each other. */
function strongMarks(markdown: string, code: CodeRange[]): Set<number> {
  const strong = new Set<number>();
  if (!markdown.includes('**')) return strong;
  let opener: number | null = null;
  for (const { mark, escaped, at } of marksOutside(code, markdown, stars)) {
    if (escaped !== undefined) continue;
    const [before = ' ', after = ' '] = [markdown[at - 1], markdown[at + 2]];
    if (mark === '\n\n') opener = null;
    else if (opener !== null && /[^\s*\\]/.test(before) && /[^\w*]/.test(after) && before + after !== '//') {
      strong.add(opener).add(at);
      opener = null;
    } else if (before === '/' ? /[\p{L}\p{N}_`]/u.test(after) : /[^\w*\\]/.test(before) && /[^\s*/]/.test(after)) opener = at;
  }
  return strong;
}
