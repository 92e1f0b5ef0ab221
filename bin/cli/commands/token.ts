import { CliError, exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../parse-options.ts';

export const token: Command = {
  usage: 'token create [NAME] [--days N]',
  about: 'make an API token; it is shown this once',
  async run({ client, terminal }, args) {
    const { values, positionals } = parseOptions(args, { days: { type: 'string' } });
    const [verb, ...words] = positionals;
    const expiresInDays = values.days === undefined ? undefined : Number(values.days);
    if (verb !== 'create' || (expiresInDays !== undefined && !Number.isInteger(expiresInDays)))
      throw new CliError(`Usage: npx choir ${token.usage}`);
    const name = words.join(' ') || 'Made by choir token create';
    const made = await client.send<{ token: string }>('/api/tokens', { name, expiresInDays });
    terminal.print(made.token);
    terminal.note('Keep it like a password: it has all of your rights. Use it as CHOIR_TOKEN or as Authorization: Bearer.');
    return exitCodes.completed;
  },
};
