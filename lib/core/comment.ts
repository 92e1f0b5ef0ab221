/** Lines of a file that a person speaks of. `side`: whether they are counted before the change that was looked at or after it. */
export type CommentPlace = { path: string; from: number; to: number; side: 'old' | 'new'; checkpoint: number | null };

/** Words of a person about something in sight. Without `place` it is something that was said. */
export type Comment = { place: CommentPlace | null; quote: string; words: string };

/** Characters and lines that a comment quotes; the rest is only counted by its line numbers. */
const quoteLimit = { characters: 4_000, lines: 40 };

const said = 'About what was said:';

/** The message that an agent gets. `parseComment` reads it back. */
export function formatComment({ place, quote, words }: Comment): string {
  const quoted = cutQuote(quote).map((line) => (line === '' ? '>' : `> ${line}`));
  return `${place ? describePlace(place) : said}\n\n${quoted.join('\n')}\n\n${words.trim()}`;
}

function describePlace({ path, from, to, side, checkpoint }: CommentPlace): string {
  const name = /[`"\p{Cc}]/u.test(path) ? JSON.stringify(path) : `\`${path}\``;
  const lines = from === to ? `line ${from}` : `lines ${from}-${to}`;
  return `About ${name}, ${lines}${checkpoint === null ? '' : ` at #${checkpoint}`}${side === 'old' ? ', before the change' : ''}:`;
}

function cutQuote(quote: string): string[] {
  const lines = quote.toWellFormed().replaceAll('\0', '\uFFFD').replaceAll('\r', '').replace(/\n$/, '').split('\n');
  const kept: string[] = [];
  let characters = 0;
  for (const line of lines.slice(0, quoteLimit.lines)) {
    characters += line.length;
    if (characters > quoteLimit.characters) break;
    kept.push(line);
  }
  return kept.length < lines.length ? [...kept, '…'] : kept;
}

const placeLine =
  /^About (?:`([^`\n]+)`|("(?:[^"\\\n]|\\.)*")), lines? (\d{1,9})(?:-(\d{1,9}))?(?: at #(\d{1,9}))?(, before the change)?:$/;

/** A comment that a message is; null for any other message. */
export function parseComment(text: string): Comment | null {
  if (!text.startsWith('About ')) return null;
  const [head = '', gap, ...rest] = text.split('\n');
  const place = head === said ? null : readPlace(head);
  if (gap !== '' || (place === null && head !== said)) return null;
  const end = rest.findIndex((line) => !line.startsWith('>'));
  if (end < 1 || rest[end] !== '') return null;
  const quote = rest.slice(0, end).map((line) => line.replace(/^> ?/, ''));
  return { place, quote: quote.join('\n'), words: rest.slice(end + 1).join('\n') };
}

function readPlace(head: string): CommentPlace | null {
  const [, plain, quoted, from, to, checkpoint, old] = placeLine.exec(head) ?? [];
  const path = plain ?? unquote(quoted);
  if (path === null || from === undefined) return null;
  return {
    path,
    from: Number(from),
    to: Number(to ?? from),
    side: old ? 'old' : 'new',
    checkpoint: checkpoint === undefined ? null : Number(checkpoint),
  };
}

function unquote(quoted: string | undefined): string | null {
  try {
    return quoted === undefined ? null : (JSON.parse(quoted) as string);
  } catch {
    return null;
  }
}

/** A message without what it quotes: for whoever would take quoted lines for instructions. */
export function ownWords(text: string): string {
  return parseComment(text)?.words ?? text;
}
