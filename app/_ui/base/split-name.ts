import { deceptiveCharacters } from '#lib/core/words/reveal-hidden.ts';

/** Names of so many letters are not worth a cut. */
const splitFrom = 16;
const endLength = 12;
/** Letters that run from right to left: in two parts they would stand in another order. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const graphemes = new Intl.Segmenter();

/** A long name as what may be cut short and the end that stays; one that could read otherwise in two parts has no such end. */
export function splitName(name: string): [start: string, end: string] {
  if (name.length <= splitFrom || rightToLeft.test(name) || name.search(deceptiveCharacters) >= 0) return [name, ''];
  const letters = Array.from(graphemes.segment(name), ({ segment }) => segment);
  const at = Math.max(0, letters.length - endLength);
  return at === 0 ? [name, ''] : [letters.slice(0, at).join(''), letters.slice(at).join('')];
}
