import { exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { onlyWord, parseOptions } from '../parse-options.ts';

export const cancel: Command = {
  usage: 'cancel THREAD',
  about: 'stop the run of a thread and every process of it',
  async run({ client, terminal }, args) {
    const threadId = onlyWord(parseOptions(args, {}).positionals, cancel.usage);
    await client.send(`/api/threads/${encodeURIComponent(threadId)}/cancel`);
    terminal.print('Stopped.');
    return exitCodes.completed;
  },
};
