import { renderUnicodeCompact } from 'uqr';
import { CliError, exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../parse-options.ts';
import { cleanLine } from '../render/clean-text.ts';
import { describeTime } from '../render/describe-time.ts';

type Link = { code: string; url: string | null; expiresAt: string };
type Accounts = { bot: string | null; accounts: { telegramId: number; name: string; linkedAt: string }[] };

export const telegram: Command = {
  usage: 'telegram [link | unlink ID]',
  about: 'list, link and unlink the Telegram accounts that speak for you',
  async run({ client, terminal }, args) {
    const { positionals } = parseOptions(args, {});
    const [verb, id] = positionals;
    if (verb === 'link') {
      const { code, url, expiresAt } = await client.send<Link>('/api/telegram/links');
      if (url && terminal.interactive) terminal.note(renderUnicodeCompact(url, { border: 1 }));
      terminal.print(cleanLine(url ?? `/start ${code}`));
      terminal.note(`${url ? 'Open it' : 'Send it to the bot'} once, until ${describeTime(expiresAt)}. Whoever does so speaks for you.`);
      return exitCodes.completed;
    }
    if (verb === 'unlink' && id && /^\d+$/.test(id)) {
      await client.send(`/api/telegram/accounts/${id}`, undefined, 'DELETE');
      terminal.print('Unlinked.');
      return exitCodes.completed;
    }
    if (verb) throw new CliError(`Usage: npx choir ${telegram.usage}`);
    const { bot, accounts } = await client.get<Accounts>('/api/telegram/accounts');
    terminal.note(bot ? `The bot is @${cleanLine(bot)}.` : 'No bot has run yet: start Choir with TELEGRAM_BOT_TOKEN.');
    for (const account of accounts)
      terminal.print(`${account.telegramId}  ${cleanLine(account.name)}, since ${describeTime(account.linkedAt)}`);
    return exitCodes.completed;
  },
};
