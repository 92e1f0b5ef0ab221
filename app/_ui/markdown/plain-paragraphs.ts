import { deceptiveCharacters } from '#lib/core/words/reveal-hidden.ts';

const mostCharacters = 2_000;
/** What may mean something in Markdown wherever it stands, or makes a link of what is around it. */
const marks = /[`*_~[\]<>&\\#|!$@\t\r\0]|:\/\/|www\.| \n/i;
/** What may begin something else than a paragraph. */
const beginning = /^(?:[ +=:-]|\d+[.)])/m;

/** The paragraphs of a text in which Markdown has nothing to do, as most of what an agent says in a line or two; null where it may have. */
export function plainParagraphs(text: string): string[] | null {
  if (text.length > mostCharacters || text !== text.trim() || marks.test(text) || beginning.test(text)) return null;
  if (text.search(deceptiveCharacters) !== -1) return null;
  return text.split(/\n{2,}/);
}
