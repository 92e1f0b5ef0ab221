import type { Subject } from './ask-context.tsx';

const longest = 20_000;

/** What is selected inside `box`, with its place where it is lines of a diff. null for nothing, and for text in a field or an editor. */
export function readSelection(selection: Selection | null, box: Element): Subject | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const [start, end] = [elementOf(selection.anchorNode), elementOf(selection.focusNode)];
  if (!start || !end || !box.contains(start) || !box.contains(end)) return null;
  if (start.closest('[data-editor], textarea, input') || end.closest('[data-editor], textarea, input')) return null;
  const quote = selection.toString().trim().slice(0, longest);
  if (quote === '') return null;
  const place = placeOf(start, end);
  return { place, quote: place ? quotedLines(start, end, quote) : quote };
}

function elementOf(node: Node | null): Element | null {
  return node instanceof Element ? node : (node?.parentElement ?? null);
}

function placeOf(start: Element, end: Element): Subject['place'] {
  const file = start.closest<HTMLElement>('[data-quote-path]');
  const [first, last] = [rowOf(start), rowOf(end)];
  if (!file || !first || !last || !file.contains(last)) return null;
  const numbers = [Number(first.dataset.quoteLine), Number(last.dataset.quoteLine)];
  const checkpoint = file.dataset.quoteCheckpoint;
  return {
    path: file.dataset.quotePath ?? '',
    from: Math.min(...numbers),
    to: Math.max(...numbers),
    side: first.dataset.quoteSide === 'old' && last.dataset.quoteSide === 'old' ? 'old' : 'new',
    checkpoint: checkpoint === undefined ? null : Number(checkpoint),
  };
}

function rowOf(element: Element): HTMLElement | null {
  return element.closest<HTMLElement>('[data-quote-line]');
}

/** Within one line the words that were selected; over several the lines as they are, without what stands beside them. */
function quotedLines(start: Element, end: Element, quote: string): string {
  const [first, last] = [rowOf(start), rowOf(end)];
  if (!first || !last || first === last) return quote;
  const rows = [...(first.closest('[data-quote-path]')?.querySelectorAll('[data-quote-line]') ?? [])];
  const [from, to] = [rows.indexOf(first), rows.indexOf(last)].sort((a, b) => a - b);
  return rows
    .slice(from, (to ?? 0) + 1)
    .map((row) => row.querySelector('[data-quote-text]')?.textContent ?? '')
    .join('\n');
}
