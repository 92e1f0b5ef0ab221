import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CliError } from './cli-error.ts';

/** Options and words of a command; anything it does not know is refused with what is wrong. */
export function parseOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: Options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new CliError(error instanceof Error ? error.message : String(error));
  }
}

/** The one word a command needs. Throws with its usage when there is none, or more than one. */
export function onlyWord(words: string[], usage: string): string {
  const [word, ...rest] = words;
  if (!word || rest.length > 0) throw new CliError(`Usage: npx choir ${usage}`);
  return word;
}
