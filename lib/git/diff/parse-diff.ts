import type { DiffHunk, DiffLine } from '#lib/core/change.ts';
import { readHunkHeader } from '#lib/core/hunk-place.ts';

export type FilePatch = { hunks: DiffHunk[]; truncated: boolean };

/** Lines of one file that a parsed diff keeps. */
export const fileLinesLimit = 5_000;

const kinds: Record<string, DiffLine['kind']> = { ' ': 'context', '+': 'add', '-': 'delete' };

/** Hunks of each file of a git patch, in its order (a change of type is two: gone and new). Counts in the hunk header say where a hunk ends, so no line can pass for a header. */
export function parseDiff(patch: string): FilePatch[] {
  const files: FilePatch[] = [];
  const lines = patch.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.startsWith('diff --git ')) files.push({ hunks: [], truncated: false });
    const place = readHunkHeader(line);
    const file = files.at(-1);
    if (!place || !file) continue;
    const { hunk, next } = readHunk(lines, at + 1, { ...place, lines: [] });
    at = next - 1;
    const kept = file.hunks.reduce((sum, { lines: { length } }) => sum + length, 0);
    if (kept + hunk.lines.length > fileLinesLimit) file.truncated = true;
    else file.hunks.push(hunk);
  }
  return files;
}

function readHunk(lines: string[], start: number, hunk: DiffHunk): { hunk: DiffHunk; next: number } {
  let { oldLines, newLines } = hunk;
  let next = start;
  for (; next < lines.length && (oldLines > 0 || newLines > 0); next += 1) {
    const line = lines[next] ?? '';
    const kind = kinds[line[0] ?? ''];
    if (kind) hunk.lines.push({ kind, text: line.slice(1) });
    if (kind === 'context' || kind === 'delete') oldLines -= 1;
    if (kind === 'context' || kind === 'add') newLines -= 1;
    if (!kind && !line.startsWith('\\')) break;
    if (line.startsWith('\\')) markLastLine(hunk);
  }
  if (lines[next]?.startsWith('\\')) {
    markLastLine(hunk);
    next += 1;
  }
  return { hunk, next };
}

function markLastLine(hunk: DiffHunk): void {
  const last = hunk.lines.at(-1);
  if (last) last.noNewline = true;
}
