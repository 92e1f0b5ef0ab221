import { inspect } from 'node:util';
import { GrammyError } from 'grammy';

/** Writes lines in which the bot's token cannot stand, whatever an error carries. */
export function createLog(token: string, write: (line: string) => void = console.error) {
  const secret = token.split(':')[1] ?? token;
  return (line: string, error?: unknown): void => {
    const detail = error === undefined ? '' : `: ${describe(error)}`;
    write(`[bot] ${line}${detail}`.replaceAll(token, '…').replaceAll(secret, '…'));
  };
}

/** Of Telegram's refusals the words alone: the payload is what people wrote. */
function describe(error: unknown): string {
  if (error instanceof GrammyError) return `${error.method}: ${error.error_code} ${error.description}`;
  return inspect(error, { depth: 3 });
}
