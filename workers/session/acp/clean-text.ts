import { excerpt } from '#lib/core/words/excerpt.ts';

/** Hostile text as the ledger can hold it: no NUL, no lone surrogate, at most about `limit` characters. */
export function cleanText(text: string, limit: number): string {
  const plain = text.replaceAll('\0', '\ufffd').toWellFormed();
  return plain.length <= limit ? plain : excerpt(plain, limit - 60).toWellFormed();
}
