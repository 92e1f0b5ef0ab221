import { type Inner, nothing } from './inner.ts';
import { optionValues } from './options.ts';
import type { Argument } from './simple-command.ts';
import { unseen } from './unwrap-shell.ts';

/** Longer programs are not looked into: some patterns that find commands take time that grows with the square of the text. */
export const lengthLimit = 10_000;
export const tooLong: Inner = { ...nothing, opaque: 'it is too long' };

/** Options of tar whose value it hands to a shell. */
export function unwrapTar(args: Argument[]): Inner {
  const long = [
    '--checkpoint-action',
    '--use-compress-program',
    '--to-command',
    '--info-script',
    '--new-volume-script',
    '--rsh-command',
    '--rmt-command',
  ];
  const values = optionValues(args, 'IF', long);
  return { commands: [], scripts: values.map(({ text }) => text.replace(/^exec=/, '')), opaque: unseen(values) };
}

const text = '"((?:[^"\\\\]|\\\\.)*)"';
const awkCommand = new RegExp(`\\bsystem\\s*\\(\\s*${text}\\s*\\)|\\|&?\\s*${text}|${text}\\s*\\|&?\\s*getline`, 'gs');

/** What an awk program hands to a shell. */
export function unwrapAwk(args: Argument[]): Inner {
  const program = args.map((word) => word.text).join('\n');
  if (program.length > lengthLimit) return tooLong;
  const literals = [...program.matchAll(awkCommand)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
  const scripts = literals.map((literal) => literal.replaceAll(/\\(["\\/])/g, '$1'));
  const rest = program.replaceAll(awkCommand, '');
  const builds = /\bsystem\s*\(|\|&?\s*getline|\bprintf?\b[^;}\n]*[^|]\|&?(?!\|)/.test(rest);
  const escapes = literals.some((literal) => /\\[^"\\/]/s.test(literal.replaceAll(/\\["\\/]/g, '')));
  return { commands: [], scripts, opaque: builds || escapes ? 'awk builds a command while it runs' : undefined };
}

/** What a sed script hands to a shell: the command `e` and the flag `e` of `s`. */
export function unwrapSed(args: Argument[]): Inner {
  const given = optionValues(args, 'e', ['--expression']);
  const operands = args.filter(({ text }) => text !== '' && !text.startsWith('-'));
  const programs = given.length > 0 ? given : operands.slice(0, 1);
  if (programs.some(({ text }) => text.length > lengthLimit)) return tooLong;
  const scripts = programs.flatMap((program) => sedCommands(program.text));
  return { commands: [], scripts, opaque: scripts.length > 0 ? 'sed runs what it reads' : undefined };
}

const substitution = /([sy])([^\w\s\\])((?:\\.|(?!\2).)*)\2((?:\\.|(?!\2).)*)\2(\w*)/sy;
const address = /\/(?:\\.|[^/\\])*\//sy;
const label = /[:btT][^;}\n]*/y;
const tail = /([eaicrRwW])[ \t]*([^\n]*)/y;

function sedCommands(program: string): string[] {
  const commands: string[] = [];
  let index = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = index;
    const match = pattern.exec(program);
    if (match) index += match[0].length;
    return match;
  };
  while (index < program.length) {
    const substituted = take(substitution);
    if (substituted?.[1] === 's' && substituted[5]?.includes('e')) commands.push(substituted[4] ?? '');
    if (substituted || take(address) || take(label)) continue;
    const rest = take(tail);
    if (rest?.[1] === 'e') commands.push(rest[2] ?? '');
    if (!rest) index += 1;
  }
  return commands;
}
