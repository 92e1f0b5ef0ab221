import { unescapeMarkdown } from './unescape-markdown.ts';

/** Markdown as it is read out or stands on one line: without list marks, backticks, and backslashes before punctuation. Linear in the text. */
export function plainWords(markdown: string): string {
  return unescapeMarkdown(markdown.replaceAll(/^[ \t]{0,12}[-*] /gm, '')).replaceAll('`', '');
}
