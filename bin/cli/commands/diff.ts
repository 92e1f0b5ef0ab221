import { readDiff } from '../answer.ts';
import { exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { findThreadId } from '../find-thread.ts';
import { parseOptions } from '../parse-options.ts';

export const diff: Command = {
  usage: 'diff [THREAD] [--from C] [--to C] [--path P]',
  about: 'show what changed; without points, all of the newest thread',
  details: `  --from C   checkpoint id, number (#3) or name, "start", an approval id, or what a rule set aside; "start" without it
  --to C     the same; the current checkpoint without it
  --path P   only this file`,
  async run({ client, terminal }, args) {
    const { values, positionals } = parseOptions(args, { from: { type: 'string' }, to: { type: 'string' }, path: { type: 'string' } }, 1);
    const { from = values.to ? undefined : 'start', to, path } = values;
    const text = await readDiff(client, await findThreadId(client, positionals[0]), { from, to, path });
    if (text) terminal.print(text);
    else terminal.note('Nothing changed.');
    return exitCodes.completed;
  },
};
