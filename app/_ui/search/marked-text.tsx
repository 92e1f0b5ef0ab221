import type { TextMatch } from '#lib/search/match-text.ts';
import { HostileText } from '../base/hostile-text.tsx';

/** A piece of a text with the words that were looked for. */
export function MarkedText({ match: { text, marks } }: { match: TextMatch }) {
  const ends = [0, ...marks.map(([, end]) => end)];
  return (
    <>
      {marks.map(([start, end], index) => (
        <span key={start}>
          <HostileText text={text.slice(ends[index], start)} />
          <mark className="rounded-sm bg-accent-soft font-medium text-accent">
            <HostileText text={text.slice(start, end)} />
          </mark>
        </span>
      ))}
      <HostileText text={text.slice(ends.at(-1))} />
    </>
  );
}
