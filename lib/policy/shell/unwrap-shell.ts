import { type Inner, nothing } from './inner.ts';
import { type OptionKind, operandStarts, optionValues } from './options.ts';
import type { Argument } from './simple-command.ts';

export const shells: ReadonlySet<string> = new Set(
  'sh bash dash zsh ksh ash mksh lksh oksh rbash rzsh fish csh tcsh yash posh osh elvish nu pwsh'.split(' '),
);

const shellFlags = new Set([
  '-Command',
  '-command',
  '--login',
  '--noprofile',
  '--norc',
  '--posix',
  '--restricted',
  '--verbose',
  '--noediting',
  '--version',
  '--help',
]);

function shellOption(text: string): OptionKind {
  if (shellFlags.has(text)) return 'flag';
  if (text.startsWith('--')) return text.includes('=') ? 'flag' : 'either';
  return /o/i.test(text) ? 'value' : 'flag';
}

/** A shell: a script in its words, a file that is no more hidden than any program of the tree, or commands that nobody sees. */
export function unwrapShell(words: Argument[]): Inner {
  const args = words.map(({ text, known }) => ({ text: text.replace(/^\+(?=[a-zA-Z]+$)/, '-'), known }));
  const scripts: Argument[] = optionValues(args, '', ['--command', '--init-command']);
  let opaque: string | undefined;
  for (const start of operandStarts(args, shellOption)) {
    const options = args.slice(0, start);
    const operand = args[start];
    if (options.some(({ text }) => text === '--version' || text === '--help')) continue;
    if (options.some(({ known }) => !known)) opaque = 'a shell runs something that only running it tells';
    if (options.some(({ text }) => /^--(rcfile|init-file)/.test(text))) opaque = 'a shell starts with the commands of a file';
    if (options.some(({ text }) => /^-[a-z]*o[a-z]*o/i.test(text))) opaque = 'a shell takes several options at once';
    const inWords = options.some(({ text }) => /^-[a-z]*c[a-z]*$/i.test(text) || /^--(init-)?command/.test(text));
    if (inWords && operand) scripts.push(operand);
    else if (!inWords && (!operand || options.some(({ text }) => /^-[a-z]*s/.test(text))))
      opaque = 'a shell takes its commands from its input';
    else if (operand) opaque ??= unwrapFile([operand]).opaque;
  }
  const inner = scripts.map((script) => unwrapScript([script]));
  return { commands: [], scripts: inner.flatMap((one) => one.scripts), opaque: opaque ?? inner.find((one) => one.opaque)?.opaque };
}

/** Words that a shell joins and runs: those of `eval`, the first of `trap`. */
export function unwrapScript(words: Argument[]): Inner {
  const own = words[0]?.text === '--' ? words.slice(1) : words;
  return { commands: [], scripts: [own.map((word) => word.text).join(' ')], opaque: unseen(own) };
}

/** A file whose commands run: `source`, `bash x.sh`. */
export function unwrapFile(args: Argument[]): Inner {
  const file = args.find(({ text }) => text !== '--');
  const isInput = file && (!file.known || /^\/(dev|proc)\//.test(file.text));
  return isInput ? { ...nothing, opaque: 'a shell runs commands that are only made when it runs' } : nothing;
}

/** Why a command of these words cannot be seen; undefined where it can. */
export function unseen(words: Argument[]): string | undefined {
  return words.every((word) => word.known) ? undefined : 'it builds a command while it runs';
}
