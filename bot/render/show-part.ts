import type { DiffHunk, HunkPlace } from '#lib/core/change.ts';
import { diffSigns } from './diff-text.ts';
import { cutText, exactText } from './safe-text.ts';

/** A hunk as a card shows it: where its first change stands, its first lines as they are, and how many more there are. */
export type ShownPart = { place: HunkPlace; line: number; text: string; more: number };

const shownLines = 8;
const lineLimit = 90;
/** What is hidden takes room once it is spelled out; of a longer line no more is read. */
const readLimit = 4 * lineLimit;

/** Of what stands around the changes one line is enough. */
export function showPart({ lines, ...place }: DiffHunk): ShownPart {
  const isChange = ({ kind }: DiffHunk['lines'][number]) => kind !== 'context';
  const first = Math.max(0, lines.findIndex(isChange));
  const all = lines.slice(Math.max(0, first - 1), lines.findLastIndex(isChange) + 2);
  const shown = all.slice(0, all.length === shownLines + 1 ? all.length : shownLines);
  const text = shown.map((line) => `${diffSigns[line.kind]}${cutText(exactText(line.text.slice(0, readLimit)), lineLimit)}`).join('\n');
  return { place, line: Math.max(1, place.newStart + first), text, more: all.length - shown.length };
}
