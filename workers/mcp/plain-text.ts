import { excerpt } from '#lib/core/words/excerpt.ts';
import { revealHidden } from '#lib/core/words/reveal-hidden.ts';

/** A server's words, without what does not show, in at most `limit` characters or a little more. */
export function plainText(text: string, limit: number): string {
  const shown = revealHidden(excerpt(text, limit)).flatMap((part) => (part.hidden ? [] : [part.text]));
  return shown.join('').toWellFormed();
}
