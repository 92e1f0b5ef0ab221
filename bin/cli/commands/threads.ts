import { exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { listThreadRows } from '../find-thread.ts';
import { parseOptions } from '../parse-options.ts';
import { cleanLine } from '../render/clean-text.ts';
import { describeTime } from '../render/describe-time.ts';

export const threads: Command = {
  usage: 'threads [--json]',
  about: 'list threads, those that wait for you first',
  async run({ client, terminal: { print, style } }, args) {
    const { values } = parseOptions(args, { json: { type: 'boolean', default: false } }, 0);
    const rows = await listThreadRows(client);
    if (values.json) print(JSON.stringify(rows));
    else if (rows.length === 0) print('No thread yet. Begin one: npx choir run "your goal"');
    else {
      for (const row of rows) {
        const state = row.openApprovals > 0 ? style.yellow('waits for you') : style.dim(row.runStatus ?? 'idle');
        print(
          `${style.bold(cleanLine(row.title))}  ${state}\n  ${style.dim(`${row.id} · ${cleanLine(row.projectName)} · ${describeTime(row.updatedAt)}`)}`,
        );
      }
    }
    return exitCodes.completed;
  },
};
