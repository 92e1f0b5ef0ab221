/** [start, end) within the text. */
export type CodeRange = [from: number, to: number];

/** At the start of a line: a fence, by itself or behind the mark of a list; where a block begins or ends. Elsewhere: what a backslash escapes, backticks. */
const tokens =
  /(?<![^\n])([ \t]{0,12}(?:(?:[-*+]|\d{1,9}[.)]) {1,4})?)(?:(`{3,})(?=[^`\n]*(?:\n|$))|(~{3,}))|((?<![^\n])[ \t]{0,12}(?:\r?\n|(?:[-*+]|\d{1,9}[.)]|#{1,6}) ))|\\[^`]|(\\?)(`+)/g;
const restOfFence = /[ \t]*\r?(?=\n|$)/y;

/**
 * Where code stands in Markdown, its backticks too: fences, to the end where nothing closes them, and spans, each within its block: a lone backtick opens
 * nothing. Linear in the text.
 */
export function findCode(text: string): CodeRange[] {
  if (!text.includes('`') && !text.includes('~~~')) return [];
  const code: CodeRange[] = [];
  let block: Ticks[] = [];
  let fence: { from: number; indent: number; mark: string } | null = null;
  for (const { 0: whole, 1: indent = '', 2: backticks, 3: tildes, 4: edge, 5: slash = '', 6: ticks, index } of text.matchAll(tokens)) {
    const mark = backticks ?? tildes;
    const end = index + whole.length;
    if (fence) {
      if (!mark?.startsWith(fence.mark) || indent.trim() !== '' || indent.length > fence.indent + 3 || !isRestBlank(text, end)) continue;
      code.push([fence.from, end]);
      fence = null;
    } else if (ticks !== undefined)
      block.push({ from: index + 2 * slash.length, to: end, opens: ticks.length - slash.length, closes: ticks.length });
    else if (mark !== undefined || edge !== undefined) {
      addSpans(code, block);
      block = [];
      if (mark !== undefined) fence = { from: index + indent.length, indent: indent.length, mark };
    }
  }
  addSpans(code, block);
  if (fence) code.push([fence.from, text.length]);
  return code;
}

/** A backslash takes one backtick from those that open, none from those that close. */
type Ticks = { from: number; to: number; opens: number; closes: number };

function addSpans(code: CodeRange[], block: Ticks[]): void {
  if (block.length < 2) return;
  const nearest = new Map<number, number>();
  const closers = block.map(() => -1);
  block.toReversed().forEach(({ opens, closes }, back) => {
    const at = block.length - 1 - back;
    closers[at] = nearest.get(opens) ?? -1;
    nearest.set(closes, at);
  });
  for (let at = 0; at < block.length; at += 1) {
    const [opener, closer] = [block[at], block[closers[at] ?? -1]];
    if (!opener || !closer) continue;
    code.push([opener.from, closer.to]);
    at = closers[at] ?? at;
  }
}

function isRestBlank(text: string, at: number): boolean {
  restOfFence.lastIndex = at;
  return restOfFence.test(text);
}
