import { revealHidden } from '#lib/core/words/reveal-hidden.ts';
import { cutPoint } from './rich-text.ts';

/** What will run, word for word: everything that would not show, or would show in another order, is spelled out. */
export function exactText(text: string): string {
  return revealHidden(text)
    .map((part) => (part.hidden ? `⟨${part.text}⟩` : part.text))
    .join('');
}

/** The longest that a stretch of hidden characters is spelled out. */
const longestName = 400;

/** The same on one line, up to `limit` characters. Of a long text no more is read than shows: it is drawn again and again. */
export function exactLine(text: string, limit = 200): string {
  for (let read = limit + longestName; ; read *= 4) {
    const line = exactText(text.slice(0, read).replaceAll(/\s+/g, ' ').trim());
    if (read >= text.length || line.length > limit + longestName) return cutText(line, limit);
  }
}

/** Prose of a person or an agent: emoji and every script stay, controls and what reorders lines go, and no name in it calls anybody. */
export function proseText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
    .replaceAll(/@(?=\w)/g, '@\u2060');
}

/** The same on one line, up to `limit` characters. */
export function proseLine(text: string, limit = 200): string {
  return cutText(proseText(text).replaceAll(/\s+/g, ' ').trim(), limit);
}

export function cutText(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, cutPoint(text, limit - 1)).trimEnd()}…`;
}

/** The last `limit` characters, beginning at no half of one. */
export function lastOf(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const start = text.length - limit;
  return text.slice(/[\udc00-\udfff]/.test(text[start] ?? '') ? start + 1 : start);
}

/** The end of a long output, from the beginning of a line where one is near. */
export function outputTail(text: string, limit: number): string {
  const clean = exactText(text.replaceAll(/\r\n?/g, '\n')).trim();
  if (clean.length <= limit) return clean;
  const tail = lastOf(clean, limit);
  const start = tail.indexOf('\n') + 1;
  return `…\n${tail.slice(start > 0 && start < limit / 2 ? start : 0)}`;
}
