import { operandStarts, optionKinds } from '../shell/options.ts';
import type { ScriptView } from '../shell/read-script.ts';
import type { Argument, SimpleCommand } from '../shell/simple-command.ts';

/** Options of many programs that take the next word. Any other option is read both ways. */
const kindOf = optionKinds(
  '-r --requirement -c --constraint --prefix -C --cwd --dir --registry --index-url --filter -F --workspace -w',
  '',
);

/** `maybe`: a part of the script is only known when it runs. */
export type Hearing = 'yes' | 'maybe' | 'no';

/** Whether any command of the script begins with these words, options aside; `*` stands for any word. Read widely: it is for rules that forbid. */
export function scriptBeginsWith({ commands, opaque }: ScriptView, words: string[]): Hearing {
  const heard = commands.map((command) => beginsWith(command, words));
  if (heard.includes('yes')) return 'yes';
  return heard.includes('maybe') || opaque.length > 0 ? 'maybe' : 'no';
}

function beginsWith({ name, args }: SimpleCommand, [program = '', ...rest]: string[]): Hearing {
  if (name === null) return 'maybe';
  const same = name.toLowerCase() === program.slice(program.lastIndexOf('/') + 1).toLowerCase();
  return same ? argumentsBeginWith(args, rest) : 'no';
}

function argumentsBeginWith(args: Argument[], words: string[]): Hearing {
  const options = words.filter((word) => word.startsWith('-'));
  const missing = options.some((option) => !args.some(({ text, known }) => !known || text === option || text.startsWith(`${option}=`)));
  if (missing) return 'no';
  let starts = new Set([0]);
  let sure = true;
  for (const word of words.filter((one) => !one.startsWith('-'))) {
    const places = [...starts].flatMap((start) => operandStarts(args, kindOf, start)).filter((place) => place < args.length);
    const fitting = places.filter((place) => fits(args[place], word));
    if (fitting.length === 0) return 'no';
    sure &&= fitting.some((place) => word === '*' || args[place]?.known);
    starts = new Set(fitting.map((place) => place + 1));
  }
  return sure ? 'yes' : 'maybe';
}

function fits(argument: Argument | undefined, word: string): boolean {
  return argument !== undefined && (!argument.known || word === '*' || argument.text.toLowerCase() === word.toLowerCase());
}

const interpreters = /^(python[\d.]*|pypy[\d.]*|node|nodejs|deno|bun|tsx|ts-node|perl|ruby|php|lua|julia|Rscript|groovy|osascript|tclsh)$/;

/** Whether it gives a program of another language in its words or on its input, which may start anything. */
export function embedsProgram({ commands }: ScriptView): boolean {
  return commands.some(({ name, args }) => {
    if (name === null || !interpreters.test(name)) return false;
    const operands = args.filter(({ text }) => text !== '-' && !text.startsWith('-'));
    return operands.length === 0 || args.some(({ text }) => /^-[a-zA-Z]*[ceErRp]|^--(eval|print|exec)|^eval$/.test(text));
  });
}

const plainWord = /^[\w@][\w@./-]*$/;

/**
 * Whether the script is nothing but commands that begin with one of these word lists, exactly: no further option or address, no folder before the program, no variable, no
 * function, no redirection, nothing hidden. Read narrowly: it is for rules that allow.
 */
export function scriptIsOnly(view: ScriptView, allowed: string[][]): boolean {
  if (view.opaque.length > 0 || view.defines || view.redirects.length > 0 || view.aliases.size > 0) return false;
  return view.commands.length > 0 && view.commands.every((command) => allowed.some((words) => isExactly(command, words)));
}

function isExactly({ name, args, located }: SimpleCommand, [program, ...rest]: string[]): boolean {
  if (located || name !== program) return false;
  // An option or an address that was not named may point the command elsewhere: another registry, another program to run.
  if (!args.slice(rest.length).every((word) => word.known && plainWord.test(word.text))) return false;
  return rest.every((word, index) => args[index]?.known && (word === '*' || args[index].text === word));
}
