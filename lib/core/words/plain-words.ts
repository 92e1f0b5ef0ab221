import { unescapeMarkdown } from './unescape-markdown.ts';

/** Before and behind strong words; not the power in `2**3`. */
const strongMarks = /(?<![\w*\\])\*\*(?=[^\s*])|(?<=[^\s*\\])\*\*(?![\w*])/g;
/** Before the words of a list or a heading. */
const lineMarks = /^[ \t]{0,12}(?:[-*]|#{1,6}) /gm;

/** Markdown as it is read out or stands on one line: without its marks, backticks, and backslashes before punctuation. Linear in the text. */
export function plainWords(markdown: string): string {
  return unescapeMarkdown(markdown.replaceAll(lineMarks, '').replaceAll(strongMarks, '')).replaceAll('`', '');
}
