/** A path that matches, and which of its characters do. */
export type PathMatch = { path: string; at: number[] };

const separators = /[/._\- ]/;

/**
 * The paths that hold the letters of a query in its order, best first: together before apart, in the name before in the folders, at the
 * beginning of a word before in the middle, short before long.
 */
export function fuzzyPaths(paths: readonly string[], query: string, limit: number): PathMatch[] {
  const wanted = query
    .toLowerCase()
    .split(/\s+|(?<=\/)/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return paths.slice(0, limit).map((path) => ({ path, at: [] }));
  const found: (PathMatch & { score: number })[] = [];
  for (const path of paths) {
    const match = matchPath(path, wanted);
    if (match) found.push({ path, ...match });
  }
  return found
    .sort((a, b) => b.score - a.score || a.path.length - b.path.length || (a.path < b.path ? -1 : 1))
    .slice(0, limit)
    .map(({ path, at }) => ({ path, at }));
}

function matchPath(path: string, words: readonly string[]): { at: number[]; score: number } | null {
  const lower = path.toLowerCase();
  const nameStart = path.lastIndexOf('/') + 1;
  const at = wholeWords(lower, words, nameStart) ?? lettersFromEnd(lower, words.join(''));
  return at && { at, score: scoreOf(path, at, nameStart) };
}

/** Each word as it stands there, in their order and in the name where it can be; a word that is nowhere whole by its letters. From the end, since the name is what people type. */
function wholeWords(lower: string, words: readonly string[], nameStart: number): number[] | null {
  const at: number[] = [];
  let end = lower.length;
  for (const word of words.toReversed()) {
    const before = lower.slice(0, end);
    const inName = before.indexOf(word, nameStart);
    const start = inName >= 0 ? inName : before.lastIndexOf(word);
    const found = start >= 0 ? Array.from({ length: word.length }, (_, index) => start + index) : lettersFromEnd(before, word);
    if (!found) return null;
    at.unshift(...found);
    end = found[0] ?? 0;
  }
  return at;
}

function lettersFromEnd(lower: string, wanted: string): number[] | null {
  const at: number[] = [];
  let end = lower.length;
  for (let index = wanted.length - 1; index >= 0; index -= 1) {
    end = lower.lastIndexOf(wanted[index] ?? '', end - 1);
    if (end < 0 || at[0] === 0) return null;
    at.unshift(end);
  }
  return at;
}

function scoreOf(path: string, at: readonly number[], nameStart: number): number {
  let score = 0;
  for (const [index, position] of at.entries()) {
    const before = path[position - 1] ?? '/';
    const isHump = /[a-z]/.test(before) && /[A-Z]/.test(path[position] ?? '');
    if (position >= nameStart) score += 4;
    if (separators.test(before) || isHump) score += 6;
    if (index > 0 && at[index - 1] === position - 1) score += 8;
  }
  return score - path.length / 50;
}
