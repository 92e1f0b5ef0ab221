import { operandStarts, optionKinds } from '../shell/options.ts';
import type { ScriptView } from '../shell/read-script.ts';
import type { Argument, SimpleCommand } from '../shell/simple-command.ts';
import { isSameProgram, isSameSubcommand } from './program-names.ts';

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
  if (!isSameProgram(name, program)) return 'no';
  const heard = [operandsBeginWith(args, rest, name), ...rest.filter(isOption).map((option) => hasOption(args, option))];
  return heard.find((one) => one === 'no') ?? heard.find((one) => one === 'maybe') ?? 'yes';
}

function isOption(word: string): boolean {
  return word.startsWith('-');
}

function operandsBeginWith(args: Argument[], words: string[], program: string): Hearing {
  let starts = new Set([0]);
  let sure = true;
  for (const [index, word] of words.filter((one) => !isOption(one)).entries()) {
    const places = [...starts].flatMap((start) => operandStarts(args, kindOf, start)).filter((place) => place < args.length);
    const fits = ({ text, known }: Argument) =>
      !known || word === '*' || text.toLowerCase() === word.toLowerCase() || (index === 0 && isSameSubcommand(program, text, word));
    const fitting = places.filter((place) => args.slice(place, place + 1).some(fits));
    if (fitting.length === 0) return 'no';
    sure &&= fitting.some((place) => word === '*' || args[place]?.known);
    starts = new Set(fitting.map((place) => place + 1));
  }
  return sure ? 'yes' : 'maybe';
}

/** `-rf` is also `-fr` and `-r -f`, `--force` is also `--forc`. Whether `-f` is `--force` only the program knows. */
function hasOption(args: Argument[], option: string): Hearing {
  const given = args.map(({ text }) => text.split('=')[0] ?? '').filter(isOption);
  const [clusters, long] = [given.filter((text) => !text.startsWith('--')), given.filter((text) => text.startsWith('--'))];
  const letters = clusters.join('');
  const isLong = option.startsWith('--');
  const parts = isLong ? option.slice(2, 3) : option.slice(1);
  if (given.includes(option)) return 'yes';
  if (isLong ? long.some((text) => text.length > 2 && option.startsWith(text)) : [...parts].every((letter) => letters.includes(letter)))
    return 'yes';
  const isSpelled = [...parts].every((letter) => letters.includes(letter) || long.some((text) => text[2] === letter));
  return isSpelled || args.some(({ known }) => !known) ? 'maybe' : 'no';
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

function isExactly({ name, args, folder }: SimpleCommand, [program, ...rest]: string[]): boolean {
  if (folder !== '' || name !== program) return false;
  // An option or an address that was not named may point the command elsewhere: another registry, another program to run.
  if (!args.slice(rest.length).every((word) => word.known && plainWord.test(word.text))) return false;
  return rest.every((word, index) => args[index]?.known && (word === '*' || args[index].text === word));
}
