import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CliError } from './cli-error.ts';

/** Options and words of a command, at most `words` of these; anything it does not know is refused with what is wrong. */
export function parseOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
  words = Number.POSITIVE_INFINITY,
) {
  const parsed = parse(args, options);
  const extra = parsed.positionals[words];
  if (extra !== undefined) throw new CliError(`"${extra}" is one word too many. --help shows what this command takes.`);
  return parsed;
}

function parse<const Options extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: Options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new CliError(explain(error));
  }
}

/** Node says the same in words for who writes programs. */
function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const option = /'(?:-\w, )?(--?[^' ]+)/.exec(message)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${option} here. --help lists those that there are.`;
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return message;
  return message.includes('does not take an argument') ? `${option} takes no value.` : `${option} needs a value. --help shows which.`;
}

/** The one word a command needs. Throws with its usage when there is none, or more than one. */
export function onlyWord(words: string[], usage: string): string {
  const [word, ...rest] = words;
  if (!word || rest.length > 0) throw new CliError(`Usage: npx choir ${usage}`);
  return word;
}
