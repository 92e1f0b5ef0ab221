import type { HunkPlace } from '#lib/core/change.ts';
import { readHunkHeader } from '#lib/core/hunk-place.ts';
import { diffTree } from './list-changes.ts';

export type HunkPlacesInput = { store: string; from: string; to: string; paths: string[]; contextLines: number };

/**
 * Where the hunks between two commits stand, of one file (`paths` holds its old name too, where it was renamed). In a patch every line of a file
 * has a sign before it, so only git itself can begin one with `@@`.
 */
export async function hunkPlaces({ contextLines, ...input }: HunkPlacesInput): Promise<HunkPlace[]> {
  if (input.from === input.to) return [];
  const patch = (await diffTree(input, ['-p', `-U${contextLines}`])).toString('latin1');
  return patch.split('\n').flatMap((line) => readHunkHeader(line) ?? []);
}

/** A side of a hunk as positions in the array of a file's lines, the end not included. */
export type LineRange = [start: number, end: number];

/** Where a hunk stands before the change. */
export function oldRange({ oldStart, oldLines }: HunkPlace): LineRange {
  return rangeOf(oldStart, oldLines);
}

/** Where it stands after the change. */
export function newRange({ newStart, newLines }: HunkPlace): LineRange {
  return rangeOf(newStart, newLines);
}

function rangeOf(start: number, count: number): LineRange {
  const first = count === 0 ? start : start - 1;
  return [first, first + count];
}
