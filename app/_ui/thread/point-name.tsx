import type { ReviewPoint } from '#lib/review/find-point.ts';
import { HostileText } from '../base/hostile-text.tsx';

/** A checkpoint in a line: its number, and what it is called. */
export function PointName({ point: { number, label } }: { point: ReviewPoint }) {
  return (
    <>
      #{number} <HostileText text={label} />
    </>
  );
}
