import { diffWordsWithSpace } from 'diff';
import type { DiffLine } from '#lib/core/change.ts';

/** Characters `from` to `to` of a line, the end not included. */
export type Mark = { from: number; to: number };

const largestBlock = 6_000;
/** A line of which more than this share changed is a new line: marks in it would only be noise. */
const mostMarked = 0.7;

/** For the lines of a hunk, the words inside changed lines that are not the same on the other side. */
export function wordMarks(lines: readonly DiffLine[]): Map<number, Mark[]> {
  const marks = new Map<number, Mark[]>();
  for (let at = 0; at < lines.length; ) {
    const gone = runOf(lines, at, 'delete');
    const come = runOf(lines, at + gone, 'add');
    if (gone > 0 && come > 0) compare(lines, at, gone, come, marks);
    at += Math.max(1, gone + come);
  }
  return marks;
}

function runOf(lines: readonly DiffLine[], start: number, kind: DiffLine['kind']): number {
  let end = start;
  while (lines[end]?.kind === kind) end += 1;
  return end - start;
}

function compare(lines: readonly DiffLine[], start: number, gone: number, come: number, marks: Map<number, Mark[]>): void {
  const textOf = (from: number, count: number) =>
    lines
      .slice(from, from + count)
      .map(({ text }) => text)
      .join('\n');
  const [before, after] = [textOf(start, gone), textOf(start + gone, come)];
  if (before.length + after.length > largestBlock) return;
  const parts = diffWordsWithSpace(before, after, { maxEditLength: 400 });
  if (!parts) return;
  const old = openSide(lines, start, marks);
  const fresh = openSide(lines, start + gone, marks);
  for (const { value, added, removed } of parts) {
    if (!added) old.pass(value, removed);
    if (!removed) fresh.pass(value, added);
  }
  for (let at = start; at < start + gone + come; at += 1) {
    const marked = (marks.get(at) ?? []).reduce((sum, { from, to }) => sum + to - from, 0);
    if (marked > mostMarked * (lines[at]?.text.trim().length ?? 0)) marks.delete(at);
  }
}

/** Walks along the lines of one side and notes what is marked in each. */
function openSide(lines: readonly DiffLine[], first: number, marks: Map<number, Mark[]>) {
  let line = first;
  let column = 0;
  return {
    pass(text: string, isMarked: boolean): void {
      for (const [index, part] of text.split('\n').entries()) {
        if (index > 0) {
          line += 1;
          column = 0;
        }
        if (isMarked && part !== '')
          marks.set(line, joined(marks.get(line) ?? [], { from: column, to: column + part.length }, lines[line]?.text ?? ''));
        column += part.length;
      }
    },
  };
}

/** Marks with nothing but space between them are one. */
function joined(marks: Mark[], next: Mark, text: string): Mark[] {
  const last = marks.at(-1);
  if (!last || text.slice(last.to, next.from).trim() !== '') return [...marks, next];
  return [...marks.slice(0, -1), { from: last.from, to: next.to }];
}
