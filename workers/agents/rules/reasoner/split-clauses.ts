import { held, type Literal, literalOf } from './literals.ts';
import { startsWithVerb } from './verbs.ts';

const sequence =
  /(?:\s*[,;.]\s*|\s+)(?:and\s+)?(?:then|after that|afterwards|after this|once (?:that is|that's) done|finally|next)(?:\s*,\s*|\s+)(?!\$)|\s*;\s+|\s*;$/gi;
const listMark = /^\s*(?:[-*+•]|\(?\d{1,3}[.)])\s+/;
const onlyHeld = new RegExp(`^\\s*${held}\\s*$`);
const opensContent =
  /^(?!\s*(?:please\s+)?(?:do|follow|perform)\b).{0,200}\b(?:with|contain(?:s|ing)|contents?|says|saying|(?:append|add|write|put)\b.{0,80}\bfollowing)\b.{0,60}:\s*$/i;

const runsWhatFollows = new RegExp(
  `^(.+?),?\\s+(?:and|then|and then)\\s+((?:run|execute|start)\\s+(?:it|this|that|the (?:script|program|file|code)))\\s*:?\\s+(${held})$`,
  'i',
);

/** A goal's text, literals held, cut where one instruction certainly ends: new lines, list items, `;`, "then". */
export function splitSurely(text: string, literals: Literal[]): string[] {
  return joinLines(text, literals)
    .flatMap((line) => writeBeforeRun(line, literals))
    .flatMap((line) => (line.includes('\n') ? [line] : line.split(sequence)))
    .filter((part) => part.trim() !== '');
}

/** "Write a.py and run it: (code)" gives the code to the writing. */
function writeBeforeRun(line: string, literals: Literal[]): string[] {
  const [, write, run, code] = runsWhatFollows.exec(line) ?? [];
  return write && run && code && isFence(code, literals) ? [`${write}: ${code}`, run] : [line];
}

function isFence(text: string, literals: Literal[]): boolean {
  return literalOf(text, literals)?.kind === 'fence';
}

/** Lines, but a fenced block belongs to the line before it, and so do the lines after "... with:" unless that block was what it is with. */
function joinLines(text: string, literals: Literal[]): string[] {
  const lines: string[] = [];
  let open = false;
  for (const line of text.split('\n')) {
    const last = lines.length - 1;
    const before = lines[last];
    if (line.trim() === '') open = false;
    else if (before !== undefined && onlyHeld.test(line)) {
      lines[last] = `${before} ${line.trim()}`;
      open &&= !isFence(line, literals);
    } else if (before !== undefined && open && !(listMark.test(before) && listMark.test(line))) lines[last] = `${before}\n${line}`;
    else {
      lines.push(line);
      open = opensContent.test(line);
    }
  }
  return lines;
}

/** Where a clause may end before an "and", a comma or a full stop that is followed by a verb: `[end, start]` pairs, at most 20. */
export function possibleEnds(text: string): [end: number, start: number][] {
  const ends: [number, number][] = [];
  for (const match of text.matchAll(/\s*[.!?]\s+|\s*,\s*(?:and\s+|but\s+)?(?:also\s+)?|\s+and\s+(?:also\s+)?|\s+&\s+/gi)) {
    const start = match.index + match[0].length;
    const rest = text.slice(start, start + 120).replace(/^(?:please|then|also|can you|could you|i want you to)\s+/i, '');
    if (match.index > 0 && (startsWithVerb(rest) || /^[.!?]/.test(match[0].trim()))) ends.push([match.index, start]);
    if (ends.length === 20) break;
  }
  return ends;
}
