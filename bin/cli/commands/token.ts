import { CliError, exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../parse-options.ts';

const longestDays = 3_650;

export const token: Command = {
  usage: 'token create [NAME] [--days N]',
  about: 'make an API token; it is shown this once',
  details: `  --days N   how long it lasts; until you revoke it without this. The app lists and revokes tokens, in the settings.`,
  async run({ client, terminal }, args) {
    const { values, positionals } = parseOptions(args, { days: { type: 'string' } });
    const [verb, ...words] = positionals;
    if (verb !== 'create') throw new CliError(`Usage: npx choir ${token.usage}`);
    const expiresInDays = values.days === undefined ? undefined : Number(values.days);
    if (expiresInDays !== undefined && !(Number.isInteger(expiresInDays) && expiresInDays >= 1 && expiresInDays <= longestDays))
      throw new CliError(`--days is a number of days from 1 to ${longestDays}, such as 90.`);
    const name = words.join(' ') || 'Made by choir token create';
    const made = await client.send<{ token: string }>('/api/tokens', { name, expiresInDays });
    terminal.print(made.token);
    terminal.note('Keep it like a password: it has all of your rights. Use it as CHOIR_TOKEN or as Authorization: Bearer.');
    return exitCodes.completed;
  },
};
