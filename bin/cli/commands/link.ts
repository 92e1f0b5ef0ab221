import { renderUnicodeCompact } from 'uqr';
import { exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../parse-options.ts';
import { cleanLine } from '../render/clean-text.ts';
import { describeTime } from '../render/describe-time.ts';

export const link: Command = {
  usage: 'link',
  about: 'make a one-time link that signs in another device of yours',
  async run({ client, terminal }, args) {
    parseOptions(args, {}, 0);
    const made = await client.send<{ url: string; expiresAt: string }>('/api/sign-in/links');
    const url = cleanLine(made.url);
    if (terminal.interactive) terminal.note(renderUnicodeCompact(url, { border: 1 }));
    terminal.print(url);
    terminal.note(`It works once, until ${describeTime(made.expiresAt)}.`);
    return exitCodes.completed;
  },
};
