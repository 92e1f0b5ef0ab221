import { plainWords } from '#lib/core/words/plain-words.ts';

/** A piece of a text around where words were found; `marks` are [start, end) within `text`. */
export type TextMatch = { text: string; marks: [number, number][] };

const before = 60;
const length = 240;
/** Characters of Markdown before and after what is found first that are read: an event may hold 100,000, and a search finds a hundred. */
const readAround = 2_000;

/** The words of a query: runs of letters, digits and underscores, lower case, at most twelve. */
export function queryWords(query: string): string[] {
  return [...new Set(query.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [])].slice(0, 12);
}

/** One line of `text` around the first of `words` in it, each place where a word begins marked. Words that stand inside of others do not count. */
export function matchText(text: string, words: readonly string[]): TextMatch {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const found = findWords(line, words);
  const first = found[0]?.[0] ?? 0;
  const start = first <= before ? 0 : line.indexOf(' ', first - before) + 1 || first;
  const from = Math.min(start, first);
  const lead = from > 0 ? '… ' : '';
  const end = from + length;
  const piece = `${lead}${line.slice(from, end)}${line.length > end ? ' …' : ''}`;
  const shift = lead.length - from;
  const marks = found
    .filter(([, to]) => to <= end)
    .slice(0, 20)
    .map(([at, to]): [number, number] => [at + shift, to + shift]);
  return { text: piece, marks };
}

/** As of its plain words. */
export function matchMarkdown(markdown: string, words: readonly string[]): TextMatch {
  const first = words.length === 0 ? 0 : Math.max(0, markdown.search(patternOf(words)));
  const from = Math.max(0, first - readAround);
  const line = from === 0 ? 0 : markdown.indexOf('\n', from);
  return matchText(plainWords(markdown.slice(line < 0 || line >= first ? from : line, first + readAround)), words);
}

function findWords(line: string, words: readonly string[]): [number, number][] {
  if (words.length === 0) return [];
  return [...line.matchAll(patternOf(words))].map(({ index, 0: word }) => [index, index + word.length]);
}

function patternOf(words: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words.toSorted((a, b) => b.length - a.length).join('|')})`, 'giu');
}
