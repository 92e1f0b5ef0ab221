/** What a mode of `@codemirror/legacy-modes` is, as far as colouring needs it. Each has a state of its own, which nobody else looks into. */
export type StreamMode = {
  startState?(indentUnit: number): unknown;
  token(stream: never, state: never): string | null;
  blankLine?(state: never, indentUnit: number): void;
};

/** One line as a mode reads it, with what it expects of CodeMirror's own stream. */
class LineStream {
  readonly string: string;
  readonly indentUnit = 2;
  readonly tabSize = 4;
  pos = 0;
  start = 0;
  lastColumnPos = 0;
  constructor(string: string) {
    this.string = string;
  }
  eol = () => this.pos >= this.string.length;
  sol = () => this.pos === 0;
  peek = () => this.string.charAt(this.pos) || undefined;
  next = () => (this.eol() ? undefined : this.string.charAt(this.pos++));
  current = () => this.string.slice(this.start, this.pos);
  column = () => this.start;
  indentation = () => /^\s*/.exec(this.string)?.[0].length ?? 0;
  lookAhead = () => undefined;
  backUp(count: number): void {
    this.pos -= count;
  }
  skipToEnd(): void {
    this.pos = this.string.length;
  }
  skipTo(text: string): boolean {
    const found = this.string.indexOf(text, this.pos);
    if (found >= 0) this.pos = found;
    return found >= 0;
  }
  eat(match: Eatable): string | undefined {
    const next = this.peek();
    if (next === undefined || !matches(match, next)) return undefined;
    this.pos += 1;
    return next;
  }
  eatWhile(match: Eatable): boolean {
    const before = this.pos;
    while (this.eat(match) !== undefined);
    return this.pos > before;
  }
  eatSpace(): boolean {
    return this.eatWhile(/[\s\u00a0]/);
  }
  match(pattern: string | RegExp, consume = true, ignoreCase = false): boolean | RegExpMatchArray | null {
    const rest = this.string.slice(this.pos);
    if (typeof pattern === 'string') {
      const begins = ignoreCase ? rest.toLowerCase().startsWith(pattern.toLowerCase()) : rest.startsWith(pattern);
      if (begins && consume) this.pos += pattern.length;
      return begins || null;
    }
    const found = rest.match(pattern);
    if (!found || (found.index ?? 0) > 0) return null;
    if (consume) this.pos += found[0].length;
    return found;
  }
}

type Eatable = string | RegExp | ((character: string) => boolean);

function matches(match: Eatable, character: string): boolean {
  if (typeof match === 'string') return character === match;
  return match instanceof RegExp ? match.test(character) : match(character);
}

/** Calls `put` for every styled stretch of the lines, until it is late. A mode that stands still is moved on. */
export function readStream(
  mode: StreamMode,
  lines: readonly string[],
  isLate: () => boolean,
  put: (line: number, from: number, to: number, style: string) => void,
): void {
  const state = (mode.startState?.(2) ?? {}) as never;
  for (const [number, line] of lines.entries()) {
    if (isLate()) return;
    const stream = new LineStream(line);
    if (line === '') mode.blankLine?.(state, 2);
    while (!stream.eol()) {
      stream.start = stream.pos;
      const style = readToken(mode, stream, state);
      if (style) put(number, stream.start, stream.pos, style);
    }
  }
}

/** A mode may read nothing to change its state; a few times, not for ever. */
function readToken(mode: StreamMode, stream: LineStream, state: never): string | null {
  for (let tries = 0; tries < 10; tries += 1) {
    const style = mode.token(stream as never, state);
    if (stream.pos > stream.start) return style;
  }
  stream.next();
  return null;
}
