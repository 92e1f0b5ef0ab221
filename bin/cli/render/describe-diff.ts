import { readHunkHeader } from '#lib/core/hunk-place.ts';
import { cleanText } from './clean-text.ts';

const marks = /^@@ [^@]+ @@/;

/** A unified diff for a terminal. Each of its lines stays one, so that nothing in a file passes for the head of a part; `isNumbered`: those get their number in the file. */
export function describeDiff(patch: string, isNumbered: boolean): string {
  let part = 0;
  const lines = patch.split('\n').map((line) => {
    const clean = cleanText(line.replace(/\r$/, '')).replaceAll('\n', ' ');
    if (line.startsWith('diff --git ')) part = 0;
    if (!isNumbered || !readHunkHeader(line)) return clean;
    part += 1;
    return clean.replace(marks, (head) => `${head} part ${part}`);
  });
  return lines.join('\n').trimEnd();
}
