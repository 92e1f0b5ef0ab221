import { createHash } from 'node:crypto';

const mark = 'person';

/** The hash of a message that a person wrote, by its words: the bot edits none, and knows when they did. */
export function hashSaid(words: string): string {
  return `${mark}:${createHash('sha256').update(words).digest('base64url').slice(0, 22)}`;
}

export function isSaid(hash: string): boolean {
  return hash.startsWith(mark);
}
