import type { HunkPlace } from '#lib/core/change.ts';
import { type LineRange, newRange, oldRange } from './hunk-places.ts';

/** Bytes as lines, each with its line break; joined they are the same bytes again. `latin1` keeps every byte. */
export function splitLines(bytes: Uint8Array): string[] {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .split(/(?<=\n)/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

export type Splice = {
  /** The file before the change, after it, and as it is now. */
  from: string[];
  to: string[];
  now: string[];
  /** Hunks between `from` and `to` to take back. */
  hunks: HunkPlace[];
  /** Hunks without context between `to` and `now`. */
  since: HunkPlace[];
};

/** `now` with the hunks taken back; null when what a hunk made, or a line that touches it, is not as the hunk left it. */
export function takeBackHunks({ from, to, now, hunks, since }: Splice): string[] | null {
  const pieces: string[][] = [];
  let at = 0;
  for (const hunk of hunks.toSorted((a, b) => a.newStart - b.newStart)) {
    const made = newRange(hunk);
    if (since.some((change) => touches(oldRange(change), made))) return null;
    const start = made[0] + shiftAt(made[0], since);
    const end = start + made[1] - made[0];
    if (start < at || now.slice(start, end).join('') !== to.slice(...made).join('')) return null;
    pieces.push(now.slice(at, start), from.slice(...oldRange(hunk)));
    at = end;
  }
  const result = [...pieces, now.slice(at)].flat();
  return wholeLines(result) ? result : null;
}

function touches([start, end]: LineRange, [from, to]: LineRange): boolean {
  return start <= to && end >= from;
}

function shiftAt(line: number, since: HunkPlace[]): number {
  return since.reduce((shift, hunk) => (oldRange(hunk)[1] <= line ? shift + hunk.newLines - hunk.oldLines : shift), 0);
}

/** Only the last line of a file may lack its line break. */
function wholeLines(lines: string[]): boolean {
  return lines.every((line, index) => line.endsWith('\n') || index === lines.length - 1);
}
