import type { TextMatch } from '#lib/search/match-text.ts';
import { HostileText } from '../base/hostile-text.tsx';

/** A piece of a text with the words that were looked for. `prose`: the backticks around its code stand for nothing here. */
export function MarkedText({ match: { text, marks }, prose = false }: { match: TextMatch; prose?: boolean }) {
  const piece = (from: number | undefined, to?: number) => {
    const whole = text.slice(from, to);
    return <HostileText text={prose ? whole.replaceAll('`', '') : whole} />;
  };
  const ends = [0, ...marks.map(([, end]) => end)];
  return (
    <>
      {marks.map(([start, end], index) => (
        <span key={start}>
          {piece(ends[index], start)}
          <mark className="rounded-sm bg-accent-soft font-medium text-accent">{piece(start, end)}</mark>
        </span>
      ))}
      {piece(ends.at(-1))}
    </>
  );
}
