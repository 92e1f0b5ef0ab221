import type { Parser, Tree } from '@lezer/common';
import { highlightTree } from '@lezer/highlight';
import type { CodeLanguage } from './load-language.ts';
import { readStream } from './stream-mode.ts';
import { streamClass, treeClasses } from './token-classes.ts';

/** A stretch of a line, by its characters, and the classes that colour it. */
export type Token = { from: number; to: number; className: string };

/** Lines longer than this, and texts, stay plain: nobody reads them, and they would cost the time of everybody else. */
const longestLine = 2_000;
const longestText = 400_000;
/** What one text may take; past it the rest stays plain. */
const usualBudgetMs = 60;

/** The coloured stretches of each line. They are positions, never markup: whatever the text is, it stays text. */
export function highlightLines(lines: readonly string[], language: CodeLanguage, budgetMs = usualBudgetMs): Token[][] {
  const tokens: Token[][] = lines.map(() => []);
  const length = lines.reduce((sum, line) => sum + line.length + 1, 0);
  if (length > longestText || lines.some((line) => line.length > longestLine)) return tokens;
  const deadline = performance.now() + budgetMs;
  const isLate = () => performance.now() > deadline;
  try {
    if (language.kind === 'tree') readTree(lines, language.parser, isLate, tokens);
    else {
      readStream(language.mode, lines, isLate, (line, from, to, style) => {
        const className = streamClass(style);
        if (className) tokens[line]?.push({ from, to, className });
      });
    }
  } catch {
    // A mode may give up on text that no language has: it stays plain from there.
  }
  return tokens;
}

function readTree(lines: readonly string[], parser: Parser, isLate: () => boolean, tokens: Token[][]): void {
  const starts: number[] = [];
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    length += line.length + 1;
  }
  let line = 0;
  highlightTree(parseUntil(isLate, lines.join('\n'), parser), treeClasses, (from, to, className) => {
    while (line + 1 < starts.length && (starts[line + 1] ?? 0) <= from) line += 1;
    for (let at = line; at < lines.length && (starts[at] ?? 0) < to; at += 1) {
      const start = starts[at] ?? 0;
      const token = { from: Math.max(from - start, 0), to: Math.min(to - start, lines[at]?.length ?? 0), className };
      if (token.from < token.to) tokens[at]?.push(token);
    }
  });
}

function parseUntil(isLate: () => boolean, text: string, parser: Parser): Tree {
  const parse = parser.startParse(text);
  for (;;) {
    const tree = parse.advance();
    if (tree) return tree;
    if (parse.stoppedAt === null && isLate()) parse.stopAt(parse.parsedPos);
  }
}
