/** Words of a goal that stand for themselves: a fenced block, code in backticks, or something in quotes. */
export type Literal = { kind: 'fence' | 'code' | 'quote'; text: string; raw: string; language: string };

/** A goal whose literals are one character each, so that nothing that reads its grammar can trip over what they hold. */
export type HeldText = { text: string; literals: Literal[] };

const firstCode = 0xe000;
const literalLimit = 6_000;
export const held = '[\\uE000-\\uF8FF]';
const heldCharacter = /[\uE000-\uF8FF]/g;

const closingQuotes: Record<string, string> = { '"': '"', "'": "'", '“': '”', '‘': '’', '«': '»' };

/** Takes the literals out of a text. Linear in its length. */
export function holdLiterals(source: string): HeldText {
  const text = source.replace(heldCharacter, '\uFFFD').replace(/\r\n?/g, '\n');
  const literals: Literal[] = [];
  const unclosed = new Set<string>();
  let out = '';
  let at = 0;
  while (at < text.length) {
    const found = literals.length < literalLimit ? (readFence(text, at) ?? readCode(text, at) ?? readQuote(text, at, unclosed)) : null;
    if (!found) {
      out += text[at];
      at += 1;
      continue;
    }
    out += String.fromCharCode(firstCode + literals.length);
    literals.push(found);
    at += found.raw.length;
  }
  return { text: out, literals };
}

function readFence(text: string, at: number): Literal | null {
  if (at > 0 && !/[\s:]/.test(text[at - 1] ?? '')) return null;
  const mark = /^(`{3,}|~{3,})([^\n`]{0,100})\n/.exec(text.slice(at, at + 200));
  if (!mark) return null;
  const [opening, fence = '', info = ''] = mark;
  const body = at + opening.length;
  let lineStart = body;
  while (lineStart <= text.length) {
    const lineEnd = text.indexOf('\n', lineStart);
    const line = text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd).trim();
    if (line.startsWith(fence) && /^(`+|~+)$/.test(line)) {
      const end = lineEnd < 0 ? text.length : lineEnd;
      return { kind: 'fence', text: text.slice(body, lineStart), raw: text.slice(at, end), language: info.trim().toLowerCase() };
    }
    if (lineEnd < 0) break;
    lineStart = lineEnd + 1;
  }
  return { kind: 'fence', text: text.slice(body), raw: text.slice(at), language: info.trim().toLowerCase() };
}

function readCode(text: string, at: number): Literal | null {
  if (text[at] !== '`') return null;
  const end = text.indexOf('`', at + 1);
  if (end <= at + 1) return null;
  return { kind: 'code', text: text.slice(at + 1, end), raw: text.slice(at, end + 1), language: '' };
}

/** `unclosed`: quotes that nothing closes from here on, so that each is looked for once. */
function readQuote(text: string, at: number, unclosed: Set<string>): Literal | null {
  const opening = text[at] ?? '';
  const closing = closingQuotes[opening];
  if (!closing || unclosed.has(opening) || (at > 0 && !/[\s(=:,[]/.test(text[at - 1] ?? ''))) return null;
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === '\\' && opening === '"') {
      end += 1;
      continue;
    }
    if (text[end] !== closing || !/^([\s.,;:!?)\]]|$)/.test(text.slice(end + 1, end + 2))) continue;
    const inner = text.slice(at + 1, end);
    return { kind: 'quote', text: opening === '"' ? unescapeQuoted(inner) : inner, raw: text.slice(at, end + 1), language: '' };
  }
  unclosed.add(opening);
  return null;
}

function unescapeQuoted(text: string): string {
  return text.replace(/\\([nt"\\])/g, (_, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? letter);
}

/** The one literal that a piece of text is, or undefined. */
export function literalOf(text: string, literals: Literal[]): Literal | undefined {
  const trimmed = text.trim();
  return trimmed.length === 1 ? literals[trimmed.charCodeAt(0) - firstCode] : undefined;
}

/** First literal in a piece of text that fits. */
export function findLiteral(text: string, literals: Literal[], fits: (literal: Literal) => boolean): Literal | undefined {
  for (const [character] of text.matchAll(heldCharacter)) {
    const literal = literals[character.charCodeAt(0) - firstCode];
    if (literal && fits(literal)) return literal;
  }
  return undefined;
}

/** What a piece of text means as content: the inside of a single literal, or the words as they were written. */
export function contentOf(text: string, literals: Literal[]): string {
  return literalOf(text, literals)?.text ?? writtenText(text, literals).trim();
}

/** The text as the person wrote it. */
export function writtenText(text: string, literals: Literal[]): string {
  return text.replace(heldCharacter, (character) => literals[character.charCodeAt(0) - firstCode]?.raw ?? '');
}
