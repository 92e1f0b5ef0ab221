const mostCharacters = 100_000;
const mostLines = 5_000;
/** Quotes and lists within each other, on one line. */
const mostNested = 24;
/** Marks of one paragraph are looked at in pairs: so many of them, squared, in all paragraphs together. */
const mostPairs = 2_000 ** 2;

const containers = /^(?:[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)))+/;
const mark = /[*_~`[\]!<$&]/g;
const underline = /^[ \t]*(?:-+|=+)[ \t]*$/;
/** These begin a paragraph of their own wherever they stand. */
const beginning = /^ {0,3}(?:[-*+] +\S|#{1,6} )/;

/**
 * Whether a text can be read as Markdown in a moment. What an agent writes may be made so that reading it costs the square of its length, or more
 * levels than there is room for: that is shown as it was written.
 */
export function readsQuickly(text: string): boolean {
  if (text.length > mostCharacters) return false;
  const lines = text.split('\n');
  if (lines.length > mostLines) return false;
  let pairs = 0;
  let marks = 0;
  let underlines = 0;
  for (const line of lines) {
    const nested = containers.exec(line)?.[0].match(/[>*+-]|\d+/g)?.length ?? 0;
    if (nested > mostNested) return false;
    if (underline.test(line)) underlines += 1;
    if (line.trim() === '' || beginning.test(line)) {
      pairs += marks ** 2;
      marks = 0;
    }
    marks += line.match(mark)?.length ?? 0;
    if (pairs + marks ** 2 + underlines ** 2 > mostPairs) return false;
  }
  return true;
}
