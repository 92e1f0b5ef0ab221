import { memo } from 'react';
import { HostileText } from '../base/hostile-text.tsx';
import type { Token } from './highlight-lines.ts';

type CodeLineProps = {
  text: string;
  tokens?: readonly Token[];
  /** Stretches that differ from the other side, and the class that says so. */
  marks?: readonly { from: number; to: number }[];
  markClass?: string;
};

/** Characters of one line that a page shows: minified files have lines of megabytes. */
const shownCharacters = 2_000;
const plain = /^[\t\x20-\x7e]*$/;

/** One line of code: text in spans, whatever it holds. What would hide in it is spelled out. */
export const CodeLine = memo(function CodeLine({ text, tokens = [], marks = [], markClass = '' }: CodeLineProps) {
  const shown = text.slice(0, shownCharacters);
  const isPlain = plain.test(shown);
  return (
    <>
      {stretches(shown, tokens, marks).map(({ from, to, className, marked }) => {
        const part = shown.slice(from, to);
        return (
          <span key={from} className={`${className} ${marked ? markClass : ''}`.trim() || undefined}>
            {isPlain ? part : <HostileText text={part} />}
          </span>
        );
      })}
      {text.length > shownCharacters && <span className="text-ink-soft italic"> … {text.length - shownCharacters} more characters</span>}
    </>
  );
});

type Stretch = { from: number; to: number; className: string; marked: boolean };

function stretches(text: string, tokens: readonly Token[], marks: readonly { from: number; to: number }[]): Stretch[] {
  const edges = new Set([0, text.length]);
  for (const { from, to } of [...tokens, ...marks]) edges.add(Math.min(from, text.length)).add(Math.min(to, text.length));
  const sorted = [...edges].sort((a, b) => a - b);
  const [token, mark] = [coverOf(tokens), coverOf(marks)];
  return sorted.slice(0, -1).map((from, index) => ({
    from,
    to: sorted[index + 1] ?? text.length,
    className: token(from)?.className ?? '',
    marked: mark(from) !== undefined,
  }));
}

/** Asked from left to right: what covers a character. */
function coverOf<Part extends { from: number; to: number }>(parts: readonly Part[]): (at: number) => Part | undefined {
  let next = 0;
  return (at) => {
    while ((parts[next]?.to ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    const part = parts[next];
    return part && part.from <= at ? part : undefined;
  };
}
