import type { Word, WordPart } from 'unbash';

/** A word of a command as bash would see it. `known` is false where only running it tells: a variable, a glob, a substitution. */
export type Argument = { text: string; known: boolean };

/** One program that a script would start. `name` is the bare program name, null where only running it tells; `folder`: what stood before it, with its last slash. */
export type SimpleCommand = { name: string | null; args: Argument[]; folder: string };

/** A word that is known. */
export function argument(text: string): Argument {
  return { text, known: true };
}

/** Words that come from somewhere else: standard input of xargs, files found by find. */
export const unknownArgument: Argument = { text: '', known: false };

/** A parsed word as bash would see it. */
export function readWord(word: Word): Argument {
  return { text: word.value, known: word.parts?.every(isLiteral) ?? true };
}

function isLiteral(part: WordPart): boolean {
  if (part.type === 'DoubleQuoted' || part.type === 'LocaleString') return part.parts.every(isLiteral);
  return part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'AnsiCQuoted';
}

/** `/usr/bin/git` and `git` are the same program, `git-push` is `git push`. */
export function toSimpleCommand(words: Argument[]): SimpleCommand {
  const [program, ...args] = words;
  if (!program?.known || program.text === '') return { name: null, args, folder: '' };
  const start = program.text.lastIndexOf('/') + 1;
  const [folder, name] = [program.text.slice(0, start), program.text.slice(start)];
  return /^git-\w/.test(name) ? { name: 'git', args: [argument(name.slice(4)), ...args], folder } : { name, args, folder };
}
