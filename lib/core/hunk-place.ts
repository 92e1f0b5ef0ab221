import type { HunkPlace } from './change.ts';

/** Whether two hunks of diffs between the same two sides are the same one. */
export function isSamePlace(one: HunkPlace, other: HunkPlace): boolean {
  return (
    one.oldStart === other.oldStart && one.oldLines === other.oldLines && one.newStart === other.newStart && one.newLines === other.newLines
  );
}

const hunkHeader = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** The place that the header of a hunk in a git patch names; null for any other line. */
export function readHunkHeader(line: string): HunkPlace | null {
  const [, oldStart, oldLines = '1', newStart, newLines = '1'] = hunkHeader.exec(line) ?? [];
  if (oldStart === undefined) return null;
  return { oldStart: Number(oldStart), oldLines: Number(oldLines), newStart: Number(newStart), newLines: Number(newLines) };
}
