import type { Clause } from '../reasoner/clause.ts';

export type Language = 'python' | 'node';

/** A program that a rule can write: the same thing in either language, printing its answer. `name` has no extension. */
export type Program = { name: string; about: string; python: string; node: string };

/** Recognises one kind of program in the words that describe it. */
export type Recipe = (words: string, clause: Clause) => Program | null;

/** Whole numbers and decimals in a text, in order. Ranges and thousands separators are not numbers of their own. */
export function numbersIn(words: string): number[] {
  return [...words.slice(0, 2_000).matchAll(/(?<![\w.])-?\d{1,15}(?:\.\d{1,10})?(?![\w]|\.\d)/g)].map(([number]) => Number(number));
}

export function countIn(words: string, fallback: number): number {
  return numbersIn(words)[0] ?? fallback;
}

/** The last number of a range that ends with group 3: "below 20" ends with 19, "up to 20" with 20. */
export function lastOf(match: RegExpExecArray): number {
  return Number(match[3]) - (/\b(?:below|under|less than|smaller than)\s+-?\d+$/.test(match[0]) ? 1 : 0);
}

/** A text as a string of the language. JSON's escapes mean the same in both. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
