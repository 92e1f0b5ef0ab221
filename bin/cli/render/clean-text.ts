import { stripVTControlCharacters } from 'node:util';

/**
 * Text of an agent, a repository or a server as it may reach a terminal: no escape sequence, no control character but line feed and tab, and
 * no mark that makes text read in another order than it stands.
 */
export function cleanText(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** The same on one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replaceAll(/\s+/g, ' ').trim();
}
