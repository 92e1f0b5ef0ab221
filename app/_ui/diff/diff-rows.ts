import type { DiffHunk, DiffLine, HunkPlace } from '#lib/core/change.ts';

/** One line of a diff with its numbers; null on the side that it is not on. */
export type DiffRow = DiffLine & { oldNumber: number | null; newNumber: number | null };

/** Lines that both sides have and that are folded: `count` from `oldStart` and `newStart` on; null: only the file itself says how many. */
export type Fold = { oldStart: number; newStart: number; count: number | null };

/** A file's diff from top to bottom. */
export type DiffPart = { kind: 'fold'; key: string; fold: Fold } | { kind: 'hunk'; key: string; place: HunkPlace; rows: DiffRow[] };

/** `isWhole`: the file is new or gone, so there is nothing around its hunks. */
export function diffParts(hunks: readonly DiffHunk[], isWhole: boolean): DiffPart[] {
  const parts: DiffPart[] = [];
  let [oldNext, newNext] = [1, 1];
  for (const hunk of hunks) {
    const { lines, ...place } = hunk;
    // A side without lines starts at the line before.
    const newStart = hunk.newLines === 0 ? hunk.newStart + 1 : hunk.newStart;
    const count = newStart - newNext;
    if (count > 0) parts.push(foldAt({ oldStart: oldNext, newStart: newNext, count }));
    parts.push({ kind: 'hunk', key: `hunk-${hunk.oldStart}-${hunk.newStart}`, place, rows: numbered(hunk) });
    oldNext += Math.max(0, count) + hunk.oldLines;
    newNext = newStart + hunk.newLines;
  }
  if (!isWhole && parts.length > 0 && !reachesEnd(hunks.at(-1))) parts.push(foldAt({ oldStart: oldNext, newStart: newNext, count: null }));
  return parts;
}

/** git gives three lines after a change, unless the file ends before. */
function reachesEnd(hunk: DiffHunk | undefined): boolean {
  return hunk?.lines.slice(-3).some(({ kind }) => kind !== 'context') ?? false;
}

function foldAt(fold: Fold): DiffPart {
  return { kind: 'fold', key: `fold-${fold.newStart}`, fold };
}

function numbered({ oldStart, newStart, oldLines, newLines, lines }: DiffHunk): DiffRow[] {
  let oldNumber = oldLines === 0 ? oldStart + 1 : oldStart;
  let newNumber = newLines === 0 ? newStart + 1 : newStart;
  return lines.map((line) => ({
    ...line,
    oldNumber: line.kind === 'add' ? null : oldNumber++,
    newNumber: line.kind === 'delete' ? null : newNumber++,
  }));
}

/** The folded lines that are open: `top` of them after the hunk above, `bottom` before the hunk below. */
export function openedRows({ oldStart, newStart }: Fold, lines: readonly string[], from: number, count: number): DiffRow[] {
  return lines.slice(newStart - 1 + from, newStart - 1 + from + count).map((text, index) => ({
    kind: 'context',
    text,
    oldNumber: oldStart + from + index,
    newNumber: newStart + from + index,
  }));
}
